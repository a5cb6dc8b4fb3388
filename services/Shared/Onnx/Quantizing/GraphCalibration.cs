using System.Runtime.InteropServices;
using Sensorium.Core.Tensors;
using Sensorium.Quantization;
using Sensorium.Quantization.Ranges;

namespace Sensorium.Onnx.Quantizing;

/// <summary>Finds the ranges of tensors in runs on real media.</summary>
internal static class GraphCalibration
{
    /// <param name="path">Of a folded graph.</param>
    /// <param name="observed">Where the graph is written that gives the tensors, too.</param>
    /// <param name="runs">What it is run on.</param>
    public static IReadOnlyDictionary<string, ValueRange> RangesOf(string path, string observed, IReadOnlyList<IReadOnlyList<Tensor>> runs)
    {
        // What goes into the graph is at hand.
        string[] given = [.. runs[0].Where(input => input.Type == TensorType.Float32).Select(input => input.Name)];
        string[] tensors = [.. GraphRewriting.TensorsOf(path)];
        string[] computed = [.. tensors.Except(given)];
        GraphRewriting.Observe(path, computed, observed);
        using var graph = new GraphRuns(observed);
        var ranges = tensors.ToDictionary(name => name, _ => default(ValueRange), StringComparer.Ordinal);
        ReadAll((name, values, _) => ranges[name] = ranges[name].Including(values));
        var histograms = ranges.ToDictionary(range => range.Key, range => new ValueHistogram(range.Value), StringComparer.Ordinal);
        ReadAll((name, values, _) => histograms[name].Add(values));
        return histograms.ToDictionary(histogram => histogram.Key, histogram => histogram.Value.Best(), StringComparer.Ordinal);

        void ReadAll(TensorReader read)
        {
            foreach (var run in runs)
            {
                foreach (var input in run.Where(input => tensors.Contains(input.Name)))
                {
                    read(input.Name, MemoryMarshal.Cast<byte, float>(input.Data.Span), [.. input.Shape]);
                }

                if (computed.Length > 0)
                {
                    graph.Run(run, computed, read);
                }
            }
        }
    }
}
