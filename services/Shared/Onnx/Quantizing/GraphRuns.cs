using Microsoft.ML.OnnxRuntime;
using Sensorium.Core.Tensors;
using Sensorium.Onnx.Graphs;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Quantizing;

/// <summary>A graph in a file, run on what has been recorded.</summary>
internal sealed class GraphRuns : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();

    public GraphRuns(string path)
    {
        OnnxEnvironment.EnsureCreated(new OnnxRuntimeOptions());
        using var options = Options();
        _session = new InferenceSession(path, options);
    }

    /// <summary>Those of numbers; a cosine says nothing of others.</summary>
    public IReadOnlyList<string> NumericOutputs =>
        [.. _session.OutputNames.Where(name => _session.OutputMetadata[name] is { IsTensor: true } output && output.ElementType == typeof(float))];

    /// <summary>Writes a graph with what can be computed beforehand computed, in operators of ONNX itself: casts of weights, shapes.</summary>
    /// <param name="wholly">As far as the runtime goes, with operators of its own.</param>
    public static void Fold(string path, string target, bool wholly = false)
    {
        OnnxEnvironment.EnsureCreated(new OnnxRuntimeOptions());
        using var options = Options();
        options.GraphOptimizationLevel = wholly ? GraphOptimizationLevel.ORT_ENABLE_ALL : GraphOptimizationLevel.ORT_ENABLE_BASIC;
        options.OptimizedModelFilePath = target;
        using var session = new InferenceSession(path, options);
    }

    /// <summary>Calls back with each tensor that is wanted, while it is there.</summary>
    public void Run(IReadOnlyList<Tensor> inputs, IReadOnlyList<string> wanted, TensorReader read)
    {
        OrtValue[] values = [.. inputs.Select(input => TensorValues.Join([input]))];
        try
        {
            using var outputs = _session.Run(_run, [.. inputs.Select(input => input.Name)], values, wanted);
            foreach (var (index, name) in wanted.Index())
            {
                read(name, outputs[index].GetTensorDataAsSpan<float>(), outputs[index].GetTensorTypeAndShape().Shape);
            }
        }
        finally
        {
            Array.ForEach(values, value => value.Dispose());
        }
    }

    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }

    private static SessionOptions Options()
    {
        var options = new SessionOptions { EnableMemoryPattern = false };
        options.DisablePerSessionThreads();
        return options;
    }
}

internal delegate void TensorReader(string name, ReadOnlySpan<float> values, ReadOnlySpan<long> shape);
