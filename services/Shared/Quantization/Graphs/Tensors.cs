using System.Runtime.InteropServices;
using Google.Protobuf;
using Sensorium.Quantization.Onnx;

namespace Sensorium.Quantization.Graphs;

/// <summary>Constants of graphs, from arrays and to them.</summary>
internal static class Tensors
{
    /// <summary>Whether its values can be read: single precision, and in the file itself.</summary>
    public static bool IsReadable(this TensorProto tensor) =>
        tensor.DataType == ElementType.Single && tensor.DataLocation == 0 && tensor.Dims.Aggregate(1L, (product, size) => product * size) > 0;

    public static float[] Floats(this TensorProto tensor) =>
        tensor.FloatData.Count > 0 ? [.. tensor.FloatData] : MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray();

    public static TensorProto Of(string name, float value) => Make(name, ElementType.Single, [value]);

    public static TensorProto Of(string name, byte value) => Make(name, ElementType.Unsigned8, [value]);

    public static TensorProto Of(string name, ReadOnlySpan<float> values, params long[] shape) => Make(name, ElementType.Single, values, shape);

    public static TensorProto Of(string name, ReadOnlySpan<sbyte> values, params long[] shape) => Make(name, ElementType.Signed8, values, shape);

    public static TensorProto Of(string name, ReadOnlySpan<byte> values, params long[] shape) => Make(name, ElementType.Unsigned8, values, shape);

    public static TensorProto Of(string name, ReadOnlySpan<int> values, params long[] shape) => Make(name, ElementType.Signed32, values, shape);

    private static TensorProto Make<T>(string name, int type, ReadOnlySpan<T> values, params long[] shape)
        where T : unmanaged
    {
        var tensor = new TensorProto { Name = name, DataType = type, RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values)) };
        tensor.Dims.AddRange(shape);
        return tensor;
    }
}
