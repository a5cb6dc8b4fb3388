using System.Text.Json;
using System.Text.Json.Nodes;
using Sensorium.Core.Modalities;
using Sensorium.Index.Metadata;

namespace Sensorium.Index.Collections;

/// <summary>What is known of an item, and of a collection, as servers keep it.</summary>
internal static class FactsJson
{
    public static string Write(ItemFacts facts) => new JsonObject
    {
        ["modality"] = facts.Modality is { } modality ? ModalityTable.Of(modality).Name : null,
        ["media_type"] = facts.MediaType,
        ["sha256"] = facts.Sha256,
        ["size_bytes"] = facts.SizeBytes,
        ["duration_ticks"] = facts.Duration?.Ticks,
        ["text"] = facts.Text,
        ["metadata"] = JsonNode.Parse(MetadataJson.Write(facts.Metadata)),
        ["indexed_at"] = facts.IndexedAt.UtcTicks,
    }.ToJsonString();

    public static ItemFacts Read(string id, string text)
    {
        using var json = JsonDocument.Parse(text);
        var facts = json.RootElement;
        return new ItemFacts(
            id,
            facts.GetProperty("modality").GetString() is { } modality ? ModalityTable.OfName(modality)?.Modality : null,
            facts.GetProperty("media_type").GetString()!,
            facts.GetProperty("sha256").GetString()!,
            facts.GetProperty("size_bytes").GetInt64(),
            facts.GetProperty("duration_ticks") is { ValueKind: JsonValueKind.Number } duration ? TimeSpan.FromTicks(duration.GetInt64()) : null,
            facts.GetProperty("text").GetString()!,
            MetadataJson.Read(facts.GetProperty("metadata").GetRawText()),
            new DateTimeOffset(facts.GetProperty("indexed_at").GetInt64(), TimeSpan.Zero));
    }

    public static string Write(CollectionDefinition definition, string key) => new JsonObject
    {
        ["space_id"] = definition.SpaceId,
        ["width"] = definition.Width,
        ["model"] = definition.Model,
        ["created_at"] = definition.CreatedAt.UtcTicks,
        ["key"] = key,
    }.ToJsonString();

    /// <summary>The key tells collections apart that had the same name one after the other.</summary>
    public static (CollectionDefinition Definition, string Key) ReadDefinition(string name, string text)
    {
        using var json = JsonDocument.Parse(text);
        var facts = json.RootElement;
        var definition = new CollectionDefinition(
            name,
            facts.GetProperty("space_id").GetString()!,
            facts.GetProperty("width").GetInt32(),
            facts.GetProperty("model").GetString()!,
            new DateTimeOffset(facts.GetProperty("created_at").GetInt64(), TimeSpan.Zero));
        return (definition, facts.GetProperty("key").GetString()!);
    }
}
