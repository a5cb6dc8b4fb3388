using System.ComponentModel;
using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Sensorium.Core.Errors;
using Sensorium.Gateway.Operations;
using Sensorium.Index.Collections;

namespace Sensorium.Gateway.Mcp.Resources;

/// <summary>What an agent can read of collections: each of them, its items page by page, one item, and the medium of an item.</summary>
[McpServerResourceType]
internal sealed class CollectionResources(CollectionsOperation collections, ListItemsOperation listItems, FindItemOperation findItem)
{
    [McpServerResource(UriTemplate = ResourceUris.Collections, Name = "collections", Title = "Collections", MimeType = ResourceUris.Json)]
    [Description("The collections that can be searched, with how many items each has.")]
    public async Task<string> CollectionsAsync(CancellationToken cancellationToken) =>
        Write(new CollectionsContent([.. (await collections.ListAsync(cancellationToken)).Select(ToContent)]));

    [McpServerResource(UriTemplate = ResourceUris.Collection, Name = "collection", Title = "One collection", MimeType = ResourceUris.Json)]
    [Description("One collection: how many items it has, and the model that its vectors are of.")]
    public async Task<string> CollectionAsync(string name, CancellationToken cancellationToken) =>
        Write(ToContent(await collections.DescribeAsync(name, cancellationToken)));

    [McpServerResource(UriTemplate = ResourceUris.Items, Name = "items", Title = "Items of a collection", MimeType = ResourceUris.Json)]
    [Description("Items of a collection by their ids, a page at a time. 'filter' keeps those whose metadata fit, as \"year >= 2020\"; 'page' is what the page before told.")]
    public async Task<string> ItemsAsync(string name, string? filter = null, string? page = null, CancellationToken cancellationToken = default)
    {
        var found = await listItems.RunAsync(new ItemQuestion(name, filter ?? "", PageSize: 0, page ?? "", ItemParts.None), cancellationToken);
        var next = found.NextPageToken.Length == 0 ? null : ResourceUris.OfItems(name, filter, found.NextPageToken);
        return Write(new ItemsContent([.. found.Items.Select(item => ItemContent.Of(name, item))], next));
    }

    [McpServerResource(UriTemplate = ResourceUris.Item, Name = "item", Title = "One item", MimeType = ResourceUris.Json)]
    [Description("One item of a collection: what is known of it, the times of its segments, and its thumbnail if it has one.")]
    public async Task<IEnumerable<ResourceContents>> ItemAsync(string name, string id, CancellationToken cancellationToken)
    {
        var item = await findItem.RunAsync(name, id, ItemParts.Segments | ItemParts.Thumbnail, cancellationToken);
        var uri = ResourceUris.OfItem(name, id);
        var facts = new TextResourceContents { Uri = uri, MimeType = ResourceUris.Json, Text = Write(ItemContent.Of(name, item)) };
        return item.Thumbnail.Length == 0
            ? [facts]
            : [facts, BlobResourceContents.FromBytes(item.Thumbnail, $"{uri}#thumbnail", "image/png")];
    }

    [McpServerResource(UriTemplate = ResourceUris.Medium, Name = "medium", Title = "The medium of an item")]
    [Description("The text, picture, sound or clip that an item is of, where it was indexed with its content.")]
    public async Task<ResourceContents> MediumAsync(string name, string id, CancellationToken cancellationToken)
    {
        var item = await findItem.RunAsync(name, id, ItemParts.Content, cancellationToken);
        return item.Content.Length > 0
            ? BlobResourceContents.FromBytes(item.Content, ResourceUris.OfMedium(name, id), item.Facts.MediaType)
            : throw FindItemOperation.NotFound($"Collection \"{name}\" does not keep the content of item \"{id}\".");
    }

    private static CollectionContent ToContent(DescribedCollection one) => new(
        one.Definition.Name,
        one.Size.Items,
        one.Definition.Model,
        one.Definition.SpaceId,
        ResourceUris.OfCollection(one.Definition.Name),
        ResourceUris.OfItems(one.Definition.Name));

    private static string Write<T>(T content) => JsonSerializer.Serialize(content, JsonSerializerOptions.Web);
}
