using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text;

namespace Sensorium.Caching.Entries;

/// <summary>
/// Reads what <see cref="SpanWriter"/> wrote, from bytes that nobody vouches for: it never throws, never reads beyond
/// the end, and allocates no more than the bytes at hand can fill. After a failure everything read is zero or empty.
/// </summary>
internal ref struct SpanReader(ReadOnlySpan<byte> source)
{
    private ReadOnlySpan<byte> _rest = source;

    public bool Failed { get; private set; }

    public readonly int Remaining => _rest.Length;

    public byte ReadByte() => Take(1) is [var value] ? value : (byte)0;

    public ushort ReadUInt16() => Take(sizeof(ushort)) is { Length: > 0 } bytes ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : (ushort)0;

    public int ReadInt32() => Take(sizeof(int)) is { Length: > 0 } bytes ? BinaryPrimitives.ReadInt32LittleEndian(bytes) : 0;

    public uint ReadUInt32() => (uint)ReadInt32();

    public long ReadInt64() => Take(sizeof(long)) is { Length: > 0 } bytes ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : 0;

    public string ReadString() => Encoding.UTF8.GetString(Take(ReadInt32()));

    /// <summary>Reads a count of things that take at least <paramref name="bytesEach"/> bytes.</summary>
    public int ReadCount(int bytesEach)
    {
        var count = ReadInt32();
        if (count >= 0 && (long)count * bytesEach <= Remaining)
        {
            return count;
        }

        Fail();
        return 0;
    }

    public float[] ReadSingles(int count)
    {
        var bytes = Take((long)count * sizeof(float));
        return MemoryMarshal.Cast<byte, float>(bytes).ToArray();
    }

    public float[] ReadHalves(int count)
    {
        var halves = MemoryMarshal.Cast<byte, Half>(Take((long)count * sizeof(ushort)));
        var singles = GC.AllocateUninitializedArray<float>(halves.Length);
        TensorPrimitives.ConvertToSingle(halves, singles);
        return singles;
    }

    public ReadOnlySpan<byte> Take(long bytes)
    {
        if (bytes < 0 || bytes > _rest.Length)
        {
            Fail();
            return default;
        }

        var taken = _rest[..(int)bytes];
        _rest = _rest[(int)bytes..];
        return taken;
    }

    private void Fail()
    {
        Failed = true;
        _rest = default;
    }
}
