using Sensorium.Core.Media;
using Sensorium.Index.Metadata;

namespace Sensorium.Index.Collections;

/// <summary>What is known of an item beside its vectors. Filters see this and nothing else.</summary>
/// <param name="Id">Unique within its collection.</param>
/// <param name="Modality">Null for vectors of which nobody said it.</param>
/// <param name="MediaType">Empty if unknown.</param>
/// <param name="Sha256">Of the content; empty for vectors that were brought.</param>
/// <param name="Duration">Null for text and pictures.</param>
/// <param name="Text">The beginning of a text; empty for other media.</param>
public sealed record ItemFacts(
    string Id,
    Modality? Modality,
    string MediaType,
    string Sha256,
    long SizeBytes,
    TimeSpan? Duration,
    string Text,
    ItemMetadata Metadata,
    DateTimeOffset IndexedAt);

/// <summary>One vector of an item, and where in the medium it is from.</summary>
/// <param name="Range">Null for text and pictures.</param>
/// <param name="Vector">Euclidean length 1.</param>
public sealed record ItemSegment(TimeRange? Range, MediaTrack Track, ReadOnlyMemory<float> Vector);

/// <summary>An item with everything that is kept of it.</summary>
/// <param name="Segments">Empty where they were not asked for.</param>
/// <param name="Thumbnail">Empty if there is none, or it was not asked for.</param>
/// <param name="Content">The bytes of the medium; empty unless they are kept and asked for.</param>
public sealed record IndexedItem(
    ItemFacts Facts, IReadOnlyList<ItemSegment> Segments, ReadOnlyMemory<byte> Thumbnail, ReadOnlyMemory<byte> Content);

/// <summary>What of an item is read beside its facts.</summary>
[Flags]
public enum ItemParts
{
    None = 0,
    Segments = 1,
    Thumbnail = 2,
    Content = 4,
}
