using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text;

namespace Sensorium.Caching.Entries;

/// <summary>Writes little-endian values one after another. The caller has sized the buffer.</summary>
internal ref struct SpanWriter(Span<byte> destination)
{
    private readonly Span<byte> _destination = destination;

    public int Position { get; private set; }

    public void WriteByte(byte value) => _destination[Position++] = value;

    public void WriteUInt16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Take(sizeof(ushort)), value);

    public void WriteInt32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(sizeof(int)), value);

    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(sizeof(uint)), value);

    public void WriteInt64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(sizeof(long)), value);

    public void WriteString(string value)
    {
        WriteInt32(Encoding.UTF8.GetByteCount(value));
        Position += Encoding.UTF8.GetBytes(value, _destination[Position..]);
    }

    public void WriteSingles(ReadOnlySpan<float> values) =>
        MemoryMarshal.AsBytes(values).CopyTo(Take(sizeof(float) * values.Length));

    public void WriteHalves(ReadOnlySpan<float> values) =>
        TensorPrimitives.ConvertToHalf(values, MemoryMarshal.Cast<byte, Half>(Take(sizeof(ushort) * values.Length)));

    public Span<byte> Take(int bytes)
    {
        var taken = _destination.Slice(Position, bytes);
        Position += bytes;
        return taken;
    }
}
