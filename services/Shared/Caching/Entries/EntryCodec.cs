using System.Buffers.Binary;
using System.IO.Hashing;
using Sensorium.Caching.Keys;

namespace Sensorium.Caching.Entries;

/// <summary>
/// The stored form of an entry, little endian: magic "SNSE", format version, reserved, and the XXH3 of all other
/// bytes; then the length of the whole, the key's hash, and the body (<see cref="EntryBody"/>). The key is repeated so
/// that a value which got under a wrong key is a miss.
/// </summary>
internal static class EntryCodec
{
    public const ushort FormatVersion = 1;
    private const uint Magic = 0x45534E53;
    private const int ChecksumAt = 8;
    private const int ChecksumEnd = 16;
    private const int HeaderBytes = ChecksumEnd + sizeof(int) + CacheKey.HashBytes;

    /// <summary>Length of the stored form, in bytes.</summary>
    public static long Measure(CacheEntry entry) => HeaderBytes + EntryBody.Measure(entry);

    /// <param name="destination">Of exactly the measured length.</param>
    public static void Encode(CacheEntry entry, CacheKey key, Span<byte> destination)
    {
        var writer = new SpanWriter(destination);
        writer.WriteUInt32(Magic);
        writer.WriteUInt16(FormatVersion);
        writer.WriteUInt16(0);
        writer.WriteInt64(0);
        writer.WriteInt32(destination.Length);
        key.CopyHash(writer.Take(CacheKey.HashBytes));
        EntryBody.Write(ref writer, entry);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[ChecksumAt..], Checksum(destination));
    }

    /// <summary>Null for anything that is not, bit for bit, what was stored under this key in a format known here.</summary>
    public static CacheEntry? Decode(ReadOnlySpan<byte> source, CacheKey key, Core.Encoding.ModelIdentity model)
    {
        if (source.Length < HeaderBytes || BinaryPrimitives.ReadUInt64LittleEndian(source[ChecksumAt..]) != Checksum(source))
        {
            return null;
        }

        var reader = new SpanReader(source);
        if (reader.ReadUInt32() != Magic || reader.ReadUInt16() != FormatVersion || reader.ReadUInt16() != 0)
        {
            return null;
        }

        reader.Take(sizeof(ulong));
        Span<byte> hash = stackalloc byte[CacheKey.HashBytes];
        key.CopyHash(hash);
        if (reader.ReadInt32() != source.Length || !reader.Take(CacheKey.HashBytes).SequenceEqual(hash))
        {
            return null;
        }

        var entry = EntryBody.Read(ref reader, model);
        return reader.Failed || reader.Remaining != 0 ? null : entry;
    }

    // The bytes in front of the checksum enter as its seed.
    private static ulong Checksum(ReadOnlySpan<byte> value) =>
        XxHash3.HashToUInt64(value[ChecksumEnd..], BinaryPrimitives.ReadInt64LittleEndian(value));
}
