using System.Buffers.Binary;

namespace Sensorium.Core.Tensors;

/// <summary>Strings of bytes in one buffer, each after its length in four bytes.</summary>
public static class TextElements
{
    /// <summary>The strings, without copying them. Null if the buffer ends within one.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>>? Read(ReadOnlyMemory<byte> data)
    {
        var elements = new List<ReadOnlyMemory<byte>>();
        while (data.Length > 0)
        {
            if (data.Length < sizeof(uint) || BinaryPrimitives.ReadUInt32LittleEndian(data.Span) is var length && length > data.Length - sizeof(uint))
            {
                return null;
            }

            elements.Add(data.Slice(sizeof(uint), (int)length));
            data = data[(sizeof(uint) + (int)length)..];
        }

        return elements;
    }

    public static byte[] Write(IReadOnlyList<ReadOnlyMemory<byte>> elements)
    {
        var data = new byte[elements.Sum(element => sizeof(uint) + element.Length)];
        var rest = data.AsSpan();
        foreach (var element in elements)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(rest, (uint)element.Length);
            element.Span.CopyTo(rest[sizeof(uint)..]);
            rest = rest[(sizeof(uint) + element.Length)..];
        }

        return data;
    }

    public static byte[] Write(params IEnumerable<string> elements) =>
        Write([.. elements.Select(element => (ReadOnlyMemory<byte>)System.Text.Encoding.UTF8.GetBytes(element))]);
}
