using Sensorium.Index.Collections;
using StackExchange.Redis;

namespace Sensorium.Index.Redis;

/// <summary>The hash of one item.</summary>
internal static class RedisItem
{
    public static readonly RedisValue Generation = "generation";
    public static readonly RedisValue Segments = "segments";
    private static readonly RedisValue Facts = "facts";
    private static readonly RedisValue Thumbnail = "thumbnail";
    private static readonly RedisValue Content = "content";

    // A field that no item has.
    private static readonly RedisValue Nothing = "nothing";

    /// <summary>All fields, so that nothing of what was there before stays.</summary>
    public static HashEntry[] Write(IndexedItem item, string generation, int width) =>
    [
        new(Generation, generation),
        new(Facts, FactsJson.Write(item.Facts)),
        new(Segments, SegmentBlob.Write(item.Segments, width)),
        new(Thumbnail, item.Thumbnail),
        new(Content, item.Content),
    ];

    /// <summary>What <see cref="Read"/> wants, in its order.</summary>
    public static RedisValue[] FieldsOf(ItemParts parts) =>
    [
        Facts,
        parts.HasFlag(ItemParts.Segments) ? Segments : Nothing,
        parts.HasFlag(ItemParts.Thumbnail) ? Thumbnail : Nothing,
        parts.HasFlag(ItemParts.Content) ? Content : Nothing,
    ];

    /// <summary>Null if there is no such item.</summary>
    public static IndexedItem? Read(string id, RedisValue[] values, int width) => values[0].IsNull
        ? null
        : new IndexedItem(
            FactsJson.Read(id, values[0]!),
            values[1].IsNull ? [] : SegmentBlob.Read(values[1]!, width),
            (byte[]?)values[2] ?? [],
            (byte[]?)values[3] ?? []);
}
