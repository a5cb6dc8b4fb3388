using System.Numerics.Tensors;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;

namespace Sensorium.Caching.Entries;

/// <summary>
/// Everything about one encoded medium but the request it came from. Immutable and shared by all who hit it, in the
/// precision of its stored form: a miss and a later hit are built from equal entries.
/// </summary>
internal sealed class CacheEntry
{
    // Stands for the item that an entry answers for; each request has its own id for it.
    private const string ThisItem = "";
    private const int EntryOverhead = 512;
    private const int SegmentOverhead = 192;
    private const float LengthTolerance = 1e-3f;
    private CacheEntry? _withoutFeatures;

    public CacheEntry(EncodedMedia media, IReadOnlyList<MediaWarning> warnings, EncodeUsage usage)
    {
        Media = media;
        Warnings = warnings;
        Usage = usage;
        Bytes = Measure(media, warnings);
    }

    public EncodedMedia Media { get; }

    public IReadOnlyList<MediaWarning> Warnings { get; }

    public EncodeUsage Usage { get; }

    /// <summary>What the entry takes up in memory, about.</summary>
    public long Bytes { get; }

    /// <summary>
    /// Copies an encoder's result, so that no entry keeps the buffers of a whole batch alive. Features are rounded to
    /// float16, or left out.
    /// </summary>
    public static CacheEntry Create(EncodeOutcome outcome, bool withFeatures)
    {
        var encoded = outcome.Encoded ?? throw new ArgumentException("Only good outcomes are cached.", nameof(outcome));
        var segments = new EncodedSegment[encoded.Segments.Count];
        for (var i = 0; i < segments.Length; i++)
        {
            var segment = encoded.Segments[i];
            var features = withFeatures && segment.Features is { } sequence ? HalfPrecision.Round(sequence) : null;
            segments[i] = segment with { Embedding = segment.Embedding.ToArray(), Features = features };
        }

        var warnings = outcome.Warnings.Select(w => w.ItemId is null ? w : w with { ItemId = ThisItem }).ToArray();
        return new(encoded with { Embedding = encoded.Embedding.ToArray(), Segments = segments }, warnings, outcome.Usage);
    }

    /// <summary>False for a result that must not outlive its request: its embedding has not the length that was promised: 1, or any of its own.</summary>
    public bool IsSound => TensorPrimitives.Norm(Media.Embedding.Span) is var length
        && (Media.Model.KeepsLength ? float.IsFinite(length) && length > 0 : MathF.Abs(length - 1) <= LengthTolerance);

    /// <summary>The entry itself if it has none. Made once, as both are asked for again and again.</summary>
    public CacheEntry WithoutFeatures() => _withoutFeatures ??= Media.Segments.All(segment => segment.Features is null)
        ? this
        : new CacheEntry(
            Media with { Segments = [.. Media.Segments.Select(segment => segment with { Features = null })] },
            Warnings,
            Usage);

    public EncodeOutcome ToOutcome(string itemId, CacheStatus status, EncodeTiming timing) => new(itemId)
    {
        Encoded = Media,
        CacheStatus = status,
        Warnings = Warnings.Count == 0 ? [] : [.. Warnings.Select(w => w.ItemId is null ? w : w with { ItemId = itemId })],
        Usage = Usage,
        Timing = timing,
    };

    private static long Measure(EncodedMedia media, IReadOnlyList<MediaWarning> warnings)
    {
        long bytes = EntryOverhead + (sizeof(float) * media.Embedding.Length);
        foreach (var segment in media.Segments)
        {
            bytes += SegmentOverhead + (sizeof(float) * ((long)segment.Embedding.Length + (segment.Features?.Data.Length ?? 0)));
        }

        foreach (var warning in warnings)
        {
            bytes += 2L * (warning.Reason.Length + warning.Message.Length);
        }

        return bytes;
    }
}
