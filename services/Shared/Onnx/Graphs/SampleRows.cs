using System.Runtime.InteropServices;
using Sensorium.Core.Tensors;

namespace Sensorium.Onnx.Graphs;

/// <summary>Inputs that a graph can be tried with: small numbers, which are most likely to be good indexes too.</summary>
internal static class SampleRows
{
    // Sizes that are open, as of sequences.
    private const long OpenSize = 4;
    private const int Kinds = 2;

    /// <param name="rows">Of each input, where its first size is open.</param>
    /// <param name="seed">Other numbers for another seed.</param>
    public static GraphInput Make(GraphDescription graph, int rows, int seed) =>
        new([.. graph.Inputs.Select(port => Make(port, rows, seed))], [.. graph.Outputs.Select(port => port.Name)]);

    private static Tensor Make(TensorPort port, int rows, int seed)
    {
        long[] shape = [.. port.Shape.Select((size, axis) => size >= 0 ? size : axis == 0 ? rows : OpenSize)];
        var count = (int)(TensorShape.CountOf(shape) ?? 0);
        return new Tensor(port.Name, port.Type, shape, Elements(port.Type, count, seed));
    }

    private static byte[] Elements(TensorType type, int count, int seed) => type switch
    {
        TensorType.Bytes => TextElements.Write(Enumerable.Range(0, count).Select(i => Whole(i, seed) == 0 ? "0" : "1")),
        TensorType.Float32 => BytesOf([.. Enumerable.Range(0, count).Select(i => (float)Number(i, seed))]),
        TensorType.Float64 => BytesOf([.. Enumerable.Range(0, count).Select(i => Number(i, seed))]),
        TensorType.Float16 => BytesOf([.. Enumerable.Range(0, count).Select(i => (Half)Number(i, seed))]),
        _ => Wholes(TensorTypes.SizeOf(type), count, seed),
    };

    private static byte[] BytesOf<T>(T[] numbers)
        where T : unmanaged => MemoryMarshal.AsBytes<T>(numbers).ToArray();

    // 0 and 1 are the same in every type of whole numbers, but for how many bytes follow.
    private static byte[] Wholes(int size, int count, int seed)
    {
        var bytes = new byte[size * count];
        for (var i = 0; i < count; i++)
        {
            bytes[i * size] = (byte)Whole(i, seed);
        }

        return bytes;
    }

    private static int Whole(int i, int seed) => (i + seed) % Kinds;

    private static double Number(int i, int seed) => Math.Sin(i + (3 * seed) + 1);
}
