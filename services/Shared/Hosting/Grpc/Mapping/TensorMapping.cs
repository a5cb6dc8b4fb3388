using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;

namespace Sensorium.Hosting.Grpc.Mapping;

/// <summary>Float32 tensors, little endian and row major on the wire.</summary>
public static class TensorMapping
{
    /// <summary>Wraps the memory, which must not change afterwards: no copy is made.</summary>
    public static V1.Tensor ToProto(ReadOnlyMemory<float> data, params ReadOnlySpan<long> shape)
    {
        var tensor = new V1.Tensor
        {
            Dtype = V1.DataType.Float32,
            Data = UnsafeByteOperations.UnsafeWrap(new FloatBytes(data).Memory),
        };
        foreach (var dimension in shape)
        {
            tensor.Shape.Add(dimension);
        }

        return tensor;
    }

    public static V1.Tensor ToProto(this FeatureSequence features) => ToProto(features.Data, features.Tokens, features.Width);

    /// <summary>[width]. Throws INTERNAL if the tensor contradicts itself: it came from a peer, not from a caller.</summary>
    public static float[] ToVector(this V1.Tensor tensor)
    {
        if (tensor.Shape.Count != 1)
        {
            throw Malformed(tensor, "one dimension");
        }

        return Read(tensor);
    }

    /// <summary>[tokens, width].</summary>
    public static FeatureSequence ToFeatures(this V1.Tensor tensor)
    {
        if (tensor.Shape.Count != 2)
        {
            throw Malformed(tensor, "two dimensions");
        }

        return new FeatureSequence((int)tensor.Shape[0], (int)tensor.Shape[1], Read(tensor));
    }

    private static float[] Read(V1.Tensor tensor)
    {
        var itemSize = tensor.Dtype switch
        {
            V1.DataType.Float32 => sizeof(float),
            V1.DataType.Float16 => sizeof(ushort),
            _ => throw Malformed(tensor, "float32 or float16"),
        };
        var count = tensor.Shape.Aggregate(1L, (product, dimension) => checked(product * dimension));
        if (count * itemSize != tensor.Data.Length)
        {
            throw Malformed(tensor, $"{count * itemSize} bytes");
        }

        return tensor.Dtype == V1.DataType.Float32
            ? MemoryMarshal.Cast<byte, float>(tensor.Data.Span).ToArray()
            : Widen(MemoryMarshal.Cast<byte, Half>(tensor.Data.Span));
    }

    private static float[] Widen(ReadOnlySpan<Half> halves)
    {
        var floats = new float[halves.Length];
        TensorPrimitives.ConvertToSingle(halves, floats);
        return floats;
    }

    private static SensoriumException Malformed(V1.Tensor tensor, string expected) => new(
        ErrorCode.Internal,
        ErrorReasons.ModelFault,
        $"A tensor of type {tensor.Dtype}, shape [{string.Join(", ", tensor.Shape)}] and {tensor.Data.Length} bytes came back where {expected} was expected.");
}
