using System.Buffers.Binary;
using System.Security.Cryptography;
using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Core.Modalities;

namespace Sensorium.Caching.Keys;

/// <summary>
/// Makes the keys of one model as it describes itself now. Everything that changes an output is in its key: the
/// content, weights, variant, space, preprocessing, limits that truncate, track, range, segments and output kind.
/// </summary>
internal sealed class KeyScope
{
    /// <summary>To be raised whenever the meaning or order of anything that is hashed changes.</summary>
    public const int FormatVersion = 1;

    private const int OptionsBytes = 4 + 1 + 8 + 1 + 8 + 4 + 1;
    private readonly byte[] _hash;

    public KeyScope(EncoderDescription description)
    {
        Description = description;
        _hash = HashDescription(description);
    }

    public EncoderDescription Description { get; }

    /// <summary>Whether results of <paramref name="model"/> belong under this scope's keys.</summary>
    public bool Covers(ModelIdentity model) =>
        model.Revision == Description.Model.Revision
        && model.Variant == Description.Model.Variant
        && model.SpaceId == Description.Model.SpaceId
        && model.PreprocessingDigest == Description.Model.PreprocessingDigest;

    /// <param name="content">As computed by <see cref="ContentHash"/>.</param>
    /// <param name="reading">As computed by <see cref="ReadingHash"/>.</param>
    public CacheKey KeyOf(ReadOnlySpan<byte> content, MediaItem item, int maxSegments, OutputKind kind, ReadOnlySpan<byte> reading = default)
    {
        const int WithoutReading = SHA256.HashSizeInBytes + ContentHash.Bytes + OptionsBytes;
        Span<byte> input = stackalloc byte[WithoutReading + ReadingHash.Bytes];
        input = input[..(WithoutReading + reading.Length)];
        reading.CopyTo(input[WithoutReading..]);
        _hash.CopyTo(input);
        content.CopyTo(input[SHA256.HashSizeInBytes..]);
        WriteOptions(input[(SHA256.HashSizeInBytes + ContentHash.Bytes)..], item, maxSegments, kind);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input, hash);
        return CacheKey.FromHash(Description.Modality, hash);
    }

    private void WriteOptions(Span<byte> destination, MediaItem item, int maxSegments, OutputKind kind)
    {
        var range = IsTimeless(item) ? null : item.Range;
        BinaryPrimitives.WriteInt32LittleEndian(destination, (int)item.Track);
        destination[4] = range is null ? (byte)0 : (byte)1;
        BinaryPrimitives.WriteInt64LittleEndian(destination[5..], range?.Start.Ticks ?? 0);
        destination[13] = range?.End is null ? (byte)0 : (byte)1;
        BinaryPrimitives.WriteInt64LittleEndian(destination[14..], range?.End?.Ticks ?? 0);
        BinaryPrimitives.WriteInt32LittleEndian(destination[22..], EffectiveSegments(item, maxSegments));
        destination[26] = (byte)kind;
    }

    // Texts and pictures have no duration, and a range is ignored by contract; the subtitles of a video have one.
    private bool IsTimeless(MediaItem item) =>
        item.Track == MediaTrack.Default && !ModalityTable.Of(Description.Modality).IsTimed;

    // 0 means the encoder's limit and more than the limit is the limit, so that all three share their entries.
    private int EffectiveSegments(MediaItem item, int maxSegments)
    {
        if (ModalityTable.Of(Description.Modality).IsOneSegment && IsTimeless(item))
        {
            return 1;
        }

        var limit = Description.Limits.MaxSegments;
        return maxSegments <= 0 || (limit > 0 && maxSegments > limit) ? limit : maxSegments;
    }

    private static byte[] HashDescription(EncoderDescription description)
    {
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer);
        writer.Write(FormatVersion);
        writer.Write((int)description.Modality);
        writer.Write(description.Model.Revision);
        writer.Write(description.Model.Variant);
        writer.Write(description.Model.SpaceId);
        writer.Write(description.Model.PreprocessingDigest);
        // Limits that shorten a medium instead of refusing it.
        writer.Write(description.Limits.MaxTokens);
        writer.Write(description.Limits.MaxDuration.Ticks);
        return SHA256.HashData(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }
}
