using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using Sensorium.Core.Errors;
using Sensorium.Core.Tensors;

namespace Sensorium.Gateway.Http.Oip;

/// <summary>Elements of a tensor as JSON, row major; arrays may be nested as its shape is, or flat.</summary>
internal static class JsonElements
{
    /// <exception cref="SensoriumException">INVALID_TENSOR: an element is none of the type.</exception>
    public static ReadOnlyMemory<byte> Read(JsonElement data, TensorType type, string field, bool isBase64)
    {
        var elements = new ArrayBufferWriter<byte>();
        Read(data, type, field, isBase64, elements);
        return elements.WrittenMemory;
    }

    private static void Read(JsonElement data, TensorType type, string field, bool isBase64, ArrayBufferWriter<byte> elements)
    {
        if (data.ValueKind != JsonValueKind.Array)
        {
            Write(data, type, field, isBase64, elements);
            return;
        }

        var i = 0;
        foreach (var element in data.EnumerateArray())
        {
            if (element.ValueKind == JsonValueKind.Array)
            {
                Read(element, type, $"{field}[{i}]", isBase64, elements);
            }
            else if (!TryWrite(element, type, isBase64, elements))
            {
                throw Wrong(element, type, $"{field}[{i}]");
            }

            i++;
        }
    }

    private static void Write(JsonElement element, TensorType type, string field, bool isBase64, ArrayBufferWriter<byte> elements)
    {
        if (!TryWrite(element, type, isBase64, elements))
        {
            throw Wrong(element, type, field);
        }
    }

    private static bool TryWrite(JsonElement element, TensorType type, bool isBase64, ArrayBufferWriter<byte> elements) => type switch
    {
        TensorType.Bool => element.ValueKind is JsonValueKind.True or JsonValueKind.False && WriteWhole(elements, sizeof(bool), element.ValueKind == JsonValueKind.True ? 1 : 0),
        TensorType.Int8 => TryWriteWhole(element, elements, sizeof(sbyte), sbyte.MinValue, sbyte.MaxValue),
        TensorType.Int16 => TryWriteWhole(element, elements, sizeof(short), short.MinValue, short.MaxValue),
        TensorType.Int32 => TryWriteWhole(element, elements, sizeof(int), int.MinValue, int.MaxValue),
        TensorType.Int64 => TryWriteWhole(element, elements, sizeof(long), long.MinValue, long.MaxValue),
        TensorType.UInt8 => TryWriteWhole(element, elements, sizeof(byte), byte.MinValue, byte.MaxValue),
        TensorType.UInt16 => TryWriteWhole(element, elements, sizeof(ushort), ushort.MinValue, ushort.MaxValue),
        TensorType.UInt32 => TryWriteWhole(element, elements, sizeof(uint), uint.MinValue, uint.MaxValue),
        TensorType.UInt64 => element.ValueKind == JsonValueKind.Number && element.TryGetUInt64(out var whole) && WriteWhole(elements, sizeof(ulong), unchecked((long)whole)),
        TensorType.Float16 => TryRead(element, out var number) && double.IsFinite((double)(Half)number) && WriteWhole(elements, sizeof(ushort), BitConverter.HalfToInt16Bits((Half)number)),
        TensorType.Float32 => TryRead(element, out var number) && float.IsFinite((float)number) && WriteWhole(elements, sizeof(float), BitConverter.SingleToInt32Bits((float)number)),
        TensorType.Float64 => TryRead(element, out var number) && WriteWhole(elements, sizeof(double), BitConverter.DoubleToInt64Bits(number)),
        _ => TryWriteText(element, isBase64, elements),
    };

    private static bool TryRead(JsonElement element, out double number)
    {
        number = 0;
        return element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out number) && double.IsFinite(number);
    }

    private static bool TryWriteWhole(JsonElement element, ArrayBufferWriter<byte> elements, int size, long least, long most) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var whole) && whole >= least && whole <= most && WriteWhole(elements, size, whole);

    private static bool WriteWhole(ArrayBufferWriter<byte> elements, int size, long whole)
    {
        BinaryPrimitives.WriteInt64LittleEndian(elements.GetSpan(sizeof(long)), whole);
        elements.Advance(size);
        return true;
    }

    private static bool TryWriteText(JsonElement element, bool isBase64, ArrayBufferWriter<byte> elements)
    {
        byte[]? bytes = null;
        if (element.ValueKind != JsonValueKind.String || (isBase64 && !element.TryGetBytesFromBase64(out bytes)))
        {
            return false;
        }

        bytes ??= System.Text.Encoding.UTF8.GetBytes(JsonStrings.Read(element, "data"));
        WriteWhole(elements, sizeof(uint), bytes.Length);
        elements.Write(bytes);
        return true;
    }

    private static SensoriumException Wrong(JsonElement element, TensorType type, string field)
    {
        const int Most = 40;
        var written = element.GetRawText();
        return SensoriumException.Invalid(
            ErrorReasons.InvalidTensor, $"{field} is {(written.Length > Most ? $"{written[..Most]}…" : written)}, which is no element of {TensorTypes.NameOf(type)}.", field);
    }
}
