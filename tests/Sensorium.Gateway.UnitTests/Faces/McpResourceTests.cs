using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Gateway.UnitTests.Fakes;
using Sensorium.Index.Collections;
using Sensorium.Index.Metadata;
using Xunit;

namespace Sensorium.Gateway.UnitTests.Faces;

/// <summary>Collections and their items as resources of the Model Context Protocol, through the client of its SDK.</summary>
public sealed class McpResourceTests : IAsyncLifetime
{
    private static readonly byte[] Thumbnail = [1, 2, 3];
    private static readonly byte[] Content = [4, 5, 6, 7];

    private readonly TestGateway _gateway = new();

    private FaceHost _host = null!;
    private McpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await FaceHost.StartAsync(_gateway);
        _client = await McpTests.ConnectAsync(_host);
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _host.DisposeAsync();
        _gateway.Dispose();
    }

    [Fact]
    public async Task Every_collection_is_listed_and_can_be_read()
    {
        await FillAsync("photos", Item("cat/1"), Item("dog"));
        await FillAsync("talks");

        var listed = await _client.ListResourcesAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(["sensorium://collections", "sensorium://collections/photos", "sensorium://collections/talks"], listed.Select(one => one.Uri).Order());
        foreach (var one in listed)
        {
            Assert.Equal("application/json", Assert.Single((await one.ReadAsync(cancellationToken: TestContext.Current.CancellationToken)).Contents).MimeType);
        }

        Assert.Equal(2, (await ReadAsync("sensorium://collections")).GetProperty("collections").GetArrayLength());
        var photos = await ReadAsync("sensorium://collections/photos");
        Assert.Equal(("photos", 2, "sensorium://collections/photos/items"), (photos.GetProperty("name").GetString(), photos.GetProperty("items").GetInt32(), photos.GetProperty("itemsUri").GetString()));
    }

    [Fact]
    public async Task Items_are_read_page_by_page()
    {
        await FillAsync("photos", [.. Enumerable.Range(0, 150).Select(i => Item($"{i:d3}", ("year", MetadataValue.Of(2000 + i))))]);

        var first = await ReadAsync("sensorium://collections/photos/items?filter=year%20%3E%3D%202010");
        var second = await ReadAsync(first.GetProperty("nextUri").GetString()!);

        Assert.Equal((100, 40), (first.GetProperty("items").GetArrayLength(), second.GetProperty("items").GetArrayLength()));
        Assert.Equal(("010", 2010), (first.GetProperty("items")[0].GetProperty("id").GetString(), first.GetProperty("items")[0].GetProperty("metadata").GetProperty("year").GetInt32()));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("nextUri").ValueKind);
    }

    [Fact]
    public async Task An_item_brings_what_is_known_of_it_its_thumbnail_and_its_medium()
    {
        await FillAsync("photos", Item("cat/1 ä?", ("tags", MetadataValue.Of([MetadataValue.Of("a"), MetadataValue.Of("b")])), ("seen", MetadataValue.Of(true))));
        var uri = (await ReadAsync("sensorium://collections/photos/items")).GetProperty("items")[0].GetProperty("uri").GetString()!;

        var contents = (await _client.ReadResourceAsync(uri, cancellationToken: TestContext.Current.CancellationToken)).Contents;
        var medium = (await _client.ReadResourceAsync($"{uri}/content", cancellationToken: TestContext.Current.CancellationToken)).Contents;

        var facts = JsonElement.Parse(Assert.IsType<TextResourceContents>(contents[0]).Text);
        Assert.Equal(("cat/1 ä?", "image", "image/png"), (facts.GetProperty("id").GetString(), facts.GetProperty("modality").GetString(), facts.GetProperty("mediaType").GetString()));
        Assert.Equal("""{"seen":true,"tags":["a","b"]}""", facts.GetProperty("metadata").GetRawText());
        Assert.Equal(1, facts.GetProperty("segments").GetArrayLength());
        Assert.Equal(Thumbnail, Assert.IsType<BlobResourceContents>(contents[1]).DecodedData.ToArray());
        var bytes = Assert.IsType<BlobResourceContents>(Assert.Single(medium));
        Assert.Equal(("image/png", $"{uri}/content"), (bytes.MimeType, bytes.Uri));
        Assert.Equal(Content, bytes.DecodedData.ToArray());
    }

    [Fact]
    public async Task Templates_tell_what_can_be_read()
    {
        var templates = await _client.ListResourceTemplatesAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(["collection", "item", "items", "medium"], templates.Select(template => template.Name).Order());
        Assert.All(templates, template => Assert.True(template is { Description.Length: > 20, Title: not null } && template.UriTemplate.StartsWith("sensorium://collections/{name}", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("sensorium://collections/nowhere", ErrorReasons.CollectionNotFound)]
    [InlineData("sensorium://collections/nowhere/items", ErrorReasons.CollectionNotFound)]
    [InlineData("sensorium://collections/nowhere/items/x", ErrorReasons.CollectionNotFound)]
    [InlineData("sensorium://collections/%20/items", ErrorReasons.InvalidParameter)]
    [InlineData("sensorium://collections/photos/items/nobody", ErrorReasons.ItemNotFound)]
    [InlineData("sensorium://collections/photos/items/bare/content", ErrorReasons.ItemNotFound)]
    [InlineData("sensorium://collections/photos/items?filter=year%20%3E", ErrorReasons.InvalidFilter)]
    [InlineData("sensorium://collections/photos/items?page=x", ErrorReasons.InvalidPageToken)]
    public async Task What_cannot_be_read_says_why(string uri, string reason)
    {
        await FillAsync("photos", Item("bare") with { Content = default });

        var error = await Assert.ThrowsAsync<McpProtocolException>(() => _client.ReadResourceAsync(uri, cancellationToken: TestContext.Current.CancellationToken).AsTask());

        Assert.Equal(McpErrorCode.InvalidParams, error.ErrorCode);
        Assert.Contains($"{reason}: ", error.Message, StringComparison.Ordinal);
        Assert.Empty(_host.Complaints);
    }

    [Theory]
    [InlineData("sensorium://elsewhere")]
    [InlineData("https://example.org/")]
    [InlineData("no URI")]
    [InlineData("")]
    public async Task What_is_none_of_the_resources_is_refused(string uri)
    {
        _host.Http.DefaultRequestHeaders.Accept.ParseAdd("application/json, text/event-stream");

        var (status, answer) = await _host.PostAsync("/mcp", $$$"""{"jsonrpc": "2.0", "id": 1, "method": "resources/read", "params": {"uri": "{{{uri}}}"}}""");

        Assert.True(status is 200 or 400, answer);
        Assert.Matches("\"code\":\\s*-32(002|602)", answer);
    }

    private async Task FillAsync(string name, params IndexedItem[] items)
    {
        var collection = await _host.Collections.CreateAsync(new CollectionDefinition(name, "space", 2, "", DateTimeOffset.UnixEpoch), TestContext.Current.CancellationToken);
        await collection!.UpsertAsync(items, TestContext.Current.CancellationToken);
    }

    private async Task<JsonElement> ReadAsync(string uri)
    {
        var read = await _client.ReadResourceAsync(uri, cancellationToken: TestContext.Current.CancellationToken);
        return JsonElement.Parse(Assert.IsType<TextResourceContents>(Assert.Single(read.Contents)).Text);
    }

    private static IndexedItem Item(string id, params (string Name, MetadataValue Value)[] metadata) => new(
        new ItemFacts(
            id, Modality.Image, "image/png", "", Content.Length, null, "", ItemMetadata.Of(metadata.Select(field => KeyValuePair.Create(field.Name, field.Value)), "metadata"), DateTimeOffset.UnixEpoch),
        [new ItemSegment(null, MediaTrack.Default, new float[] { 1, 0 })],
        Thumbnail,
        Content);
}
