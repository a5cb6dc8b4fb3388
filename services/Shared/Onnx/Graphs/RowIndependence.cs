using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Sensorium.Core.Tensors;

namespace Sensorium.Onnx.Graphs;

/// <summary>Whether the rows of a graph give the same together as each alone, which a declaration cannot tell: a graph may, as a mean over its rows does, mix them.</summary>
internal static class RowIndependence
{
    // What the order of sums may change.
    private const double Tolerance = 1e-3;

    /// <param name="run">Runs requests together.</param>
    public static bool Holds(GraphDescription graph, Func<IReadOnlyList<GraphInput>, IReadOnlyList<IReadOnlyList<Tensor>>> run)
    {
        GraphInput[] requests = [SampleRows.Make(graph, 1, seed: 0), SampleRows.Make(graph, 2, seed: 1)];
        try
        {
            var together = run(requests);
            return requests.Zip(together).All(pair => run([pair.First])[0].Zip(pair.Second).All(outputs => AreSame(outputs.First, outputs.Second)));
        }
        catch (Exception error) when (error is OnnxRuntimeException or InvalidOperationException)
        {
            // What cannot be tried is not relied on.
            return false;
        }
    }

    private static bool AreSame(Tensor left, Tensor right) => left.Shape.SequenceEqual(right.Shape) && left.Type switch
    {
        TensorType.Float16 => AreNear<Half>(left, right),
        TensorType.Float32 => AreNear<float>(left, right),
        TensorType.Float64 => AreNear<double>(left, right),
        _ => left.Data.Span.SequenceEqual(right.Data.Span),
    };

    private static bool AreNear<T>(Tensor left, Tensor right)
        where T : unmanaged, INumber<T>
    {
        var mine = MemoryMarshal.Cast<byte, T>(left.Data.Span);
        var others = MemoryMarshal.Cast<byte, T>(right.Data.Span);
        for (var i = 0; i < mine.Length; i++)
        {
            var (one, other) = (double.CreateChecked(mine[i]), double.CreateChecked(others[i]));
            if (!one.Equals(other) && !(Math.Abs(one - other) <= Tolerance * Math.Max(1, Math.Abs(one))))
            {
                return false;
            }
        }

        return true;
    }
}
