using System.Globalization;
using Sensorium.Core.Modalities;
using Sensorium.Index.Collections;
using Sensorium.Index.Metadata;

namespace Sensorium.Index.Filters;

/// <summary>What a name in a filter stands for: metadata, or behind "@" what Sensorium itself knows of an item.</summary>
internal static class FilterFields
{
    private static readonly Dictionary<string, Func<ItemFacts, MetadataValue?>> Known = new(StringComparer.Ordinal)
    {
        ["@id"] = item => MetadataValue.Of(item.Id),
        ["@modality"] = item => item.Modality is { } modality ? MetadataValue.Of(ModalityTable.Of(modality).Name) : null,
        ["@media_type"] = item => OfText(item.MediaType),
        ["@sha256"] = item => OfText(item.Sha256),
        ["@size"] = item => MetadataValue.Of((double)item.SizeBytes),
        ["@duration"] = item => item.Duration is { } duration ? MetadataValue.Of(duration.TotalSeconds) : null,
        ["@text"] = item => OfText(item.Text),
        ["@indexed_at"] = item => MetadataValue.Of(item.IndexedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)),
    };

    public static IEnumerable<string> Names => Known.Keys;

    public static bool IsKnown(string name) => name[0] != '@' || Known.ContainsKey(name);

    /// <summary>Null if the item has no such field.</summary>
    public static MetadataValue? Of(ItemFacts item, string name) =>
        name[0] == '@' ? Known[name](item) : item.Metadata.Fields.GetValueOrDefault(name);

    private static MetadataValue? OfText(string text) => text.Length == 0 ? null : MetadataValue.Of(text);
}
