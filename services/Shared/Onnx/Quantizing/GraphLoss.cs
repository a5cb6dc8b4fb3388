using System.Numerics.Tensors;
using Tensor = Sensorium.Core.Tensors.Tensor;

namespace Sensorium.Onnx.Quantizing;

/// <summary>How near the outputs of two graphs are to each other, on the same inputs.</summary>
internal static class GraphLoss
{
    public static IReadOnlyList<OutputLoss> Between(string path, string other, IReadOnlyList<IReadOnlyList<Tensor>> runs)
    {
        using var left = new GraphRuns(path);
        using var right = new GraphRuns(other);
        string[] outputs = [.. left.NumericOutputs.Intersect(right.NumericOutputs)];
        var cosines = outputs.ToDictionary(name => name, _ => new List<double>(), StringComparer.Ordinal);
        foreach (var run in runs)
        {
            var expected = new Dictionary<string, float[]>(StringComparer.Ordinal);
            left.Run(run, outputs, (name, values, _) => expected[name] = values.ToArray());
            right.Run(run, outputs, (name, values, shape) => cosines[name].AddRange(Cosines(expected[name], values, shape)));
        }

        return [.. outputs.Where(name => cosines[name].Count > 0).Select(name => new OutputLoss(name, cosines[name].Min(), cosines[name].Average()))];
    }

    // Row by row of a batch, each row as one vector.
    private static List<double> Cosines(float[] expected, ReadOnlySpan<float> values, ReadOnlySpan<long> shape)
    {
        var rows = shape.Length > 1 ? (int)shape[0] : 1;
        var (cosines, width) = (new List<double>(rows), rows == 0 ? 0 : values.Length / rows);
        for (var row = 0; row < rows && width > 0; row++)
        {
            var left = expected.AsSpan(row * width, width);
            var right = values.Slice(row * width, width);
            cosines.Add(left.SequenceEqual(right) ? 1 : TensorPrimitives.CosineSimilarity(left, right));
        }

        return cosines;
    }
}

/// <summary>Cosines of an output's rows to those of single precision.</summary>
/// <param name="Least">Of the row that is farthest.</param>
public sealed record OutputLoss(string Output, double Least, double Mean);
