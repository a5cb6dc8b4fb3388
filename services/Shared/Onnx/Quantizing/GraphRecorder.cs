using System.Collections.Concurrent;
using Microsoft.ML.OnnxRuntime;
using Sensorium.Core.Tensors;
using Sensorium.Onnx.Graphs;

namespace Sensorium.Onnx.Quantizing;

/// <summary>Keeps what graphs are run on, so that they can be run on it again. Registered only where graphs are quantised.</summary>
public sealed class GraphRecorder
{
    // Of one graph; what comes later adds little to the ranges of its tensors.
    private const int MostRuns = 256;
    private const long MostBytes = 512L * 1024 * 1024;

    private readonly ConcurrentDictionary<string, List<IReadOnlyList<Tensor>>> _runs = new(StringComparer.Ordinal);

    /// <summary>Inputs of each run of the graph in this file, as far as they have been kept.</summary>
    public IReadOnlyList<IReadOnlyList<Tensor>> RunsOf(string path) => _runs.TryGetValue(path, out var runs) ? runs : [];

    /// <summary>Forgets them all, as those on samples that warm a graph up.</summary>
    public void Clear() => _runs.Clear();

    internal void Record(string path, IReadOnlyCollection<string> names, IReadOnlyCollection<OrtValue> values)
    {
        var runs = _runs.GetOrAdd(path, _ => []);
        lock (runs)
        {
            if (runs.Count < MostRuns && runs.Sum(run => run.Sum(tensor => (long)tensor.Data.Length)) < MostBytes)
            {
                runs.Add([.. names.Zip(values, (name, value) => TensorValues.Split(name, value, [0])[0])]);
            }
        }
    }
}
