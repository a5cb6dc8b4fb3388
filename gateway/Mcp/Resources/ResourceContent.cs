using Sensorium.Core.Modalities;
using Sensorium.Index.Collections;
using Sensorium.Index.Metadata;

namespace Sensorium.Gateway.Mcp.Resources;

internal sealed record CollectionsContent(IReadOnlyList<CollectionContent> Collections);

/// <param name="Model">Empty for the default.</param>
internal sealed record CollectionContent(string Name, long Items, string Model, string SpaceId, string Uri, string ItemsUri);

/// <param name="NextUri">Null on the last page.</param>
internal sealed record ItemsContent(IReadOnlyList<ItemContent> Items, string? NextUri);

/// <param name="Modality">Empty for vectors of which nobody said it.</param>
/// <param name="Duration">Seconds; null for texts and pictures.</param>
/// <param name="Text">The beginning of a text.</param>
/// <param name="Segments">Empty where items are listed.</param>
internal sealed record ItemContent(
    string Id,
    string Uri,
    string Modality,
    string MediaType,
    long SizeBytes,
    double? Duration,
    string Text,
    IReadOnlyDictionary<string, object> Metadata,
    DateTimeOffset IndexedAt,
    IReadOnlyList<SegmentContent> Segments)
{
    public static ItemContent Of(string collection, IndexedItem item) => new(
        item.Facts.Id,
        ResourceUris.OfItem(collection, item.Facts.Id),
        item.Facts.Modality is { } modality ? ModalityTable.Of(modality).Name : "",
        item.Facts.MediaType,
        item.Facts.SizeBytes,
        item.Facts.Duration?.TotalSeconds,
        item.Facts.Text,
        item.Facts.Metadata.Fields.ToDictionary(field => field.Key, field => ValueOf(field.Value)),
        item.Facts.IndexedAt,
        [.. item.Segments.Select(segment => new SegmentContent(segment.Range?.Start.TotalSeconds, segment.Range?.End?.TotalSeconds, segment.Track.ToString()))]);

    private static object ValueOf(MetadataValue value) => value.Kind switch
    {
        MetadataKind.Text => value.Text,
        MetadataKind.Number => value.Number,
        MetadataKind.Boolean => value.Number != 0,
        _ => value.Elements.Select(ValueOf).ToArray(),
    };
}

/// <param name="Start">Seconds; null for texts and pictures.</param>
/// <param name="End">Seconds; null for texts and pictures.</param>
internal sealed record SegmentContent(double? Start, double? End, string Track);
