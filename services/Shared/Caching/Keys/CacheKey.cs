using System.Buffers.Binary;
using Sensorium.Core.Media;
using Sensorium.Core.Modalities;

namespace Sensorium.Caching.Keys;

/// <summary>A SHA-256 over everything that decides an encoder's output; made by <see cref="KeyScope"/>.</summary>
internal readonly record struct CacheKey(Modality Modality, ulong Part0, ulong Part1, ulong Part2, ulong Part3)
{
    public const int HashBytes = 32;

    public static CacheKey FromHash(Modality modality, ReadOnlySpan<byte> hash) => new(
        modality,
        BinaryPrimitives.ReadUInt64BigEndian(hash),
        BinaryPrimitives.ReadUInt64BigEndian(hash[8..]),
        BinaryPrimitives.ReadUInt64BigEndian(hash[16..]),
        BinaryPrimitives.ReadUInt64BigEndian(hash[24..]));

    public void CopyHash(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, Part0);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], Part1);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], Part2);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], Part3);
    }

    // The parts are hash already: any of them spreads well.
    public override int GetHashCode() => (int)Part0;

    /// <summary>The key in Redis: "sensorium:e1:image:" and 64 hexadecimal digits.</summary>
    public override string ToString()
    {
        Span<byte> hash = stackalloc byte[HashBytes];
        CopyHash(hash);
        return $"sensorium:e{KeyScope.FormatVersion}:{ModalityTable.Of(Modality).Name}:{Convert.ToHexStringLower(hash)}";
    }
}
