namespace Sensorium.Onnx.Sessions;

/// <summary>A field of a protobuf message in a file.</summary>
/// <param name="Start">Where its content begins.</param>
/// <param name="Length">Bytes of content; 0 for a whole number.</param>
/// <param name="Value">Of a whole number.</param>
internal readonly record struct ProtobufField(int Number, long Start, long Length, ulong Value);

/// <summary>Walks over the fields of a message; the content of those that are not looked at is passed over.</summary>
internal static class ProtobufFields
{
    private const int Varint = 0;
    private const int EightBytes = 1;
    private const int Counted = 2;
    private const int FourBytes = 5;
    private const int MostVarintBits = 63;

    /// <summary>Throws <see cref="InvalidDataException"/> if the message is cut off or none.</summary>
    public static IEnumerable<ProtobufField> Read(Stream stream, long start, long end)
    {
        for (var at = start; at < end;)
        {
            stream.Position = at;
            var field = ReadHeader(stream);
            if (field.Length < 0 || field.Length > end - field.Start)
            {
                throw new InvalidDataException($"a field at byte {at} reaches over the end");
            }

            yield return field;
            at = field.Start + field.Length;
        }
    }

    public static ulong ReadVarint(Stream stream)
    {
        var value = 0UL;
        for (var shift = 0; shift <= MostVarintBits; shift += 7)
        {
            var read = stream.ReadByte();
            if (read < 0)
            {
                throw new InvalidDataException("the file ends within a number");
            }

            value |= (ulong)(read & 0x7F) << shift;
            if (read < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("a number has too many bytes");
    }

    private static ProtobufField ReadHeader(Stream stream)
    {
        var key = ReadVarint(stream);
        var number = (int)(key >> 3);
        var kind = (int)(key & 7);
        var value = kind is Varint or Counted ? ReadVarint(stream) : 0;
        return kind switch
        {
            Varint => new ProtobufField(number, stream.Position, 0, value),
            EightBytes => new ProtobufField(number, stream.Position, sizeof(ulong), 0),
            Counted => new ProtobufField(number, stream.Position, value > long.MaxValue ? -1 : (long)value, 0),
            FourBytes => new ProtobufField(number, stream.Position, sizeof(uint), 0),
            _ => throw new InvalidDataException($"kind {kind} of a field is not known"),
        };
    }
}
