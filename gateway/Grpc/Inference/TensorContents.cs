using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Google.Protobuf.Collections;
using Sensorium.Core.Errors;
using Sensorium.Core.Tensors;

namespace Sensorium.Gateway.Grpc.Inference;

/// <summary>Elements in the field of their type, as the protocol has them beside raw bytes.</summary>
internal static class TensorContents
{
    /// <summary>The elements as raw bytes.</summary>
    /// <exception cref="SensoriumException">INVALID_TENSOR: the type has no such field, another one is filled, or a number is not one of the type.</exception>
    public static ReadOnlyMemory<byte> Read(V2.InferTensorContents contents, string name, TensorType type)
    {
        var (filled, bytes) = Fill(contents, name, type);
        return filled == FilledOf(contents)
            ? bytes
            : throw Invalid(name, $"Elements of {TensorTypes.NameOf(type)} are in one field of contents, and others are filled, too");
    }

    private static (int Filled, byte[] Bytes) Fill(V2.InferTensorContents contents, string name, TensorType type) => type switch
    {
        TensorType.Bool => (contents.BoolContents.Count, BytesOf(contents.BoolContents)),
        TensorType.Int8 => (contents.IntContents.Count, Narrow(contents.IntContents, name, type, sizeof(sbyte), sbyte.MinValue, sbyte.MaxValue)),
        TensorType.Int16 => (contents.IntContents.Count, Narrow(contents.IntContents, name, type, sizeof(short), short.MinValue, short.MaxValue)),
        TensorType.Int32 => (contents.IntContents.Count, BytesOf(contents.IntContents)),
        TensorType.Int64 => (contents.Int64Contents.Count, BytesOf(contents.Int64Contents)),
        TensorType.UInt8 => (contents.UintContents.Count, Narrow([.. contents.UintContents.Select(number => (long)number)], name, type, sizeof(byte), 0, byte.MaxValue)),
        TensorType.UInt16 => (contents.UintContents.Count, Narrow([.. contents.UintContents.Select(number => (long)number)], name, type, sizeof(ushort), 0, ushort.MaxValue)),
        TensorType.UInt32 => (contents.UintContents.Count, BytesOf(contents.UintContents)),
        TensorType.UInt64 => (contents.Uint64Contents.Count, BytesOf(contents.Uint64Contents)),
        TensorType.Float32 => (contents.Fp32Contents.Count, BytesOf(contents.Fp32Contents)),
        TensorType.Float64 => (contents.Fp64Contents.Count, BytesOf(contents.Fp64Contents)),
        TensorType.Bytes => (contents.BytesContents.Count, TextElements.Write([.. contents.BytesContents.Select(element => element.Memory)])),
        _ => throw Invalid(name, $"{TensorTypes.NameOf(type)} travels in raw_input_contents alone"),
    };

    private static int FilledOf(V2.InferTensorContents contents) =>
        contents.BoolContents.Count + contents.IntContents.Count + contents.Int64Contents.Count + contents.UintContents.Count
        + contents.Uint64Contents.Count + contents.Fp32Contents.Count + contents.Fp64Contents.Count + contents.BytesContents.Count;

    private static byte[] BytesOf<T>(RepeatedField<T> elements)
        where T : unmanaged => MemoryMarshal.AsBytes<T>(elements.ToArray()).ToArray();

    private static byte[] Narrow(RepeatedField<int> numbers, string name, TensorType type, int size, long least, long most) =>
        Narrow([.. numbers.Select(number => (long)number)], name, type, size, least, most);

    private static byte[] Narrow(long[] numbers, string name, TensorType type, int size, long least, long most)
    {
        var bytes = new byte[numbers.Length * size];
        Span<byte> wide = stackalloc byte[sizeof(long)];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (numbers[i] < least || numbers[i] > most)
            {
                throw Invalid(name, $"{numbers[i]} is no {TensorTypes.NameOf(type)}");
            }

            BinaryPrimitives.WriteInt64LittleEndian(wide, numbers[i]);
            wide[..size].CopyTo(bytes.AsSpan(i * size));
        }

        return bytes;
    }

    private static SensoriumException Invalid(string name, string fault) =>
        SensoriumException.Invalid(ErrorReasons.InvalidTensor, $"Input '{name}': {fault}.", name);
}
