using System.ComponentModel;
using System.Globalization;
using ModelContextProtocol.Server;
using Sensorium.Core.Modalities;
using Sensorium.Gateway.Operations;
using Sensorium.Gateway.Operations.Searching;
using Sensorium.Index.Metadata;

namespace Sensorium.Gateway.Mcp.Tools;

/// <summary>What can be asked about collections.</summary>
[McpServerToolType]
internal sealed class CollectionTools(SearchOperation search, CollectionsOperation collections)
{
    [McpServerTool(Name = "search", Title = "Search a collection", ReadOnly = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Finds the texts, pictures, sounds and moments of clips in a collection that are most like a text or a medium, the best first.")]
    public async Task<SearchAnswer> SearchAsync(
        [Description("Name of a collection as list_collections tells it")] string collection,
        [Description(MediaArguments.TextOrMedium)] string query,
        [Description("Which items count, by their metadata, as \"year >= 2020 and kind in ('photo', 'scan')\"")] string? filter = null,
        [Description("How many are answered; leave it out for 10")] int? count = null,
        CancellationToken cancellationToken = default)
    {
        WeightedQuery[] queries = [new("query", MediaArguments.Read("query", query), default, 1)];
        var question = new SearchQuestion(collection, queries, filter ?? "", count ?? 0, "", null, WithThumbnails: false, MediaArguments.Batch(null));
        var page = await search.RunAsync(question, cancellationToken);
        return new SearchAnswer([.. page.Hits.Select(ToHit)]);
    }

    [McpServerTool(Name = "list_collections", Title = "List collections", ReadOnly = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Lists the collections that can be searched, with how many items each has.")]
    public async Task<CollectionsAnswer> ListAsync(CancellationToken cancellationToken = default) =>
        new([.. (await collections.ListAsync(cancellationToken)).Select(one => new ListedCollection(one.Definition.Name, one.Size.Items, one.Definition.Model))]);

    private static FoundItem ToHit(SearchHit hit)
    {
        var (facts, range) = (hit.Match.Facts, hit.Match.Range);
        return new FoundItem(
            facts.Id,
            hit.Match.Score,
            facts.Modality is { } modality ? ModalityTable.Of(modality).Name : "",
            facts.Text,
            range?.Start.TotalSeconds,
            range?.End?.TotalSeconds,
            facts.Metadata.Fields.ToDictionary(field => field.Key, field => Say(field.Value)));
    }

    private static string Say(MetadataValue value) => value.Kind switch
    {
        MetadataKind.Text => value.Text,
        MetadataKind.Number => value.Number.ToString(CultureInfo.InvariantCulture),
        MetadataKind.Boolean => value.Number == 1 ? "true" : "false",
        _ => string.Join(", ", value.Elements.Select(Say)),
    };
}
