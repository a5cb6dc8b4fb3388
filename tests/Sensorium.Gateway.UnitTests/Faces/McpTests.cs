using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Gateway.UnitTests.Fakes;
using Xunit;

namespace Sensorium.Gateway.UnitTests.Faces;

/// <summary>The Model Context Protocol at /mcp, through the client of its SDK.</summary>
public sealed class McpTests : IDisposable
{
    private const string Picture = "data:image/png;base64,AAAA";

    private readonly TestGateway _gateway = new();

    public void Dispose() => _gateway.Dispose();

    [Fact]
    public async Task Tools_are_listed_with_what_they_take()
    {
        await using var host = await FaceHost.StartAsync(_gateway);
        await using var client = await ConnectAsync(host);

        var tools = await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("sensorium", client.ServerInfo?.Name);
        Assert.Equal(["caption", "classify", "compare", "decide", "list_collections", "list_models", "rerank", "search", "transcribe"], tools.Select(tool => tool.Name).Order());
        Assert.All(tools, tool => Assert.True(tool is { Description.Length: > 20, ProtocolTool.Annotations.ReadOnlyHint: true, ReturnJsonSchema: not null }, tool.Name));
        var caption = tools.Single(tool => tool.Name == "caption").JsonSchema;
        Assert.Equal(["media"], caption.GetProperty("required").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(["media", "prompt", "maxTokens", "model"], caption.GetProperty("properties").EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public async Task Each_tool_answers()
    {
        await using var host = await FaceHost.StartAsync(_gateway);
        await using var client = await ConnectAsync(host);
        _gateway.Encoders[Modality.Text].Vector = text => text == "a cat" ? [0, 1] : [1, 0];

        var captioned = await CallAsync(client, "caption", new() { ["media"] = new[] { Picture }, ["prompt"] = "a photo", ["maxTokens"] = 5, ["model"] = "fake@7" });
        Assert.Equal("a dog", captioned.GetProperty("caption").GetString());
        var job = _gateway.Answerer.Job!;
        Assert.Equal(("a photo", 5, "7", 1), (job.Prompt, job.Parameters.MaxNewTokens, job.Model!.Revision, job.Media.Count));

        var compared = await CallAsync(client, "compare", new() { ["left"] = new[] { Picture, "a cat" }, ["right"] = new[] { "a dog" } });
        Assert.Equal("[[1],[0]]", compared.GetProperty("similarities").GetRawText());

        var classified = await CallAsync(client, "classify", new() { ["media"] = Picture, ["labels"] = new[] { "a cat", "a dog" } });
        Assert.Equal("a dog", classified.GetProperty("labels")[0].GetProperty("label").GetString());

        var listed = await CallAsync(client, "list_models", []);
        Assert.Equal("fake", listed.GetProperty("models")[0].GetProperty("id").GetString());

        var decided = await CallAsync(client, "decide", new() { ["question"] = "a dog", ["choices"] = new[] { "a dog", "a cat" }, ["notes"] = "it barks", ["fields"] = new { age = 7 } });
        Assert.Equal("a dog", decided.GetProperty("answers")[0].GetProperty("answer").GetString());
        Assert.NotEqual("", decided.GetProperty("notice").GetString());

        _gateway.Encoders[Modality.Text].Labels = new(["relevant"], Independent: true);
        _gateway.Encoders[Modality.Text].Vector = text => [text.Length];
        var ranked = await CallAsync(client, "rerank", new() { ["query"] = "q", ["documents"] = new[] { "a", "aaa" }, ["topN"] = 1 });
        Assert.Equal("aaa", Assert.Single(ranked.GetProperty("results").EnumerateArray()).GetProperty("text").GetString());

        _gateway.Media.Modality = Modality.Audio;
        var heard = await CallAsync(client, "transcribe", new() { ["media"] = "data:audio/wav;base64,AAAA", ["translate"] = true });
        Assert.Equal(("Hello you. Bye.", "en"), (heard.GetProperty("text").GetString(), heard.GetProperty("language").GetString()));
    }

    [Fact]
    public async Task What_is_wrong_with_a_call_is_told_to_the_agent()
    {
        await using var host = await FaceHost.StartAsync(_gateway);
        await using var client = await ConnectAsync(host);

        var refused = await client.CallToolAsync("classify", new Dictionary<string, object?> { ["media"] = "x" }, cancellationToken: TestContext.Current.CancellationToken);
        var unknown = await client.CallToolAsync("search", new Dictionary<string, object?> { ["collection"] = "nowhere", ["query"] = "x" }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.StartsWith(ErrorReasons.CollectionNotFound, Assert.IsType<TextContentBlock>(unknown.Content[0]).Text, StringComparison.Ordinal);
        var missing = await client.CallToolAsync("caption", new Dictionary<string, object?>(), cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(refused.IsError);
        Assert.StartsWith($"{ErrorReasons.InvalidParameter}: labels is empty", Assert.IsType<TextContentBlock>(refused.Content[0]).Text, StringComparison.Ordinal);
        Assert.True(missing.IsError);
        Assert.Contains("'media'", Assert.IsType<TextContentBlock>(missing.Content[0]).Text, StringComparison.Ordinal);
        var wrong = await client.CallToolAsync("caption", new Dictionary<string, object?> { ["media"] = 7 }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(wrong.IsError);
        Assert.StartsWith($"{ErrorReasons.InvalidParameter}: The arguments are not those of the tool", Assert.IsType<TextContentBlock>(wrong.Content[0]).Text, StringComparison.Ordinal);
        await Assert.ThrowsAsync<McpProtocolException>(() => client.CallToolAsync("fly", new Dictionary<string, object?>(), cancellationToken: TestContext.Current.CancellationToken).AsTask());
        Assert.Empty(host.Complaints);
    }

    [Fact]
    public async Task A_stranger_is_refused()
    {
        await using var host = await FaceHost.StartAsync(_gateway, ("Sensorium:Host:ApiKeys:0", "0123456789abcdef"));

        var (status, _) = await host.PostAsync("/mcp", """{"jsonrpc": "2.0", "id": 1, "method": "tools/list"}""");

        Assert.Equal(401, status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not JSON")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("""{"jsonrpc": "2.0", "id": 1}""")]
    [InlineData("""{"jsonrpc": "1.0", "id": 1, "method": "tools/list"}""")]
    [InlineData("""{"jsonrpc": "2.0", "id": {}, "method": "tools/list"}""")]
    [InlineData("""{"jsonrpc": "2.0", "id": 1, "method": 7}""")]
    public async Task A_message_that_is_none_is_no_fault_of_the_service(string body)
    {
        await using var host = await FaceHost.StartAsync(_gateway);
        host.Http.DefaultRequestHeaders.Accept.ParseAdd("application/json, text/event-stream");

        var (status, answer) = await host.PostAsync("/mcp", body);

        Assert.True(status is >= 400 and < 500, $"{status}: {answer}");
        Assert.Equal((200, 1), ((await host.PostAsync("/embed", """{"inputs": "still here"}""")).Status, host.Connections));
    }

    [Theory]
    [InlineData("")]
    [InlineData("text/plain")]
    [InlineData("multipart/form-data")]
    public async Task A_body_that_is_not_announced_as_JSON_is_refused_by_its_type(string type)
    {
        await using var host = await FaceHost.StartAsync(_gateway);
        using var content = new ByteArrayContent([]);
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        using var response = await host.Http.PostAsync(new Uri("/mcp", UriKind.Relative), content, TestContext.Current.CancellationToken);

        var problem = JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal((415, ErrorReasons.UnsupportedContentType), ((int)response.StatusCode, problem.GetProperty("reason").GetString()));
        Assert.Contains($"\"{type}\"", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(host.Complaints);
    }

    internal static async Task<McpClient> ConnectAsync(FaceHost host) => await McpClient.CreateAsync(
        new HttpClientTransport(new HttpClientTransportOptions { Endpoint = new Uri(host.Http.BaseAddress!, "/mcp"), TransportMode = HttpTransportMode.StreamableHttp }),
        cancellationToken: TestContext.Current.CancellationToken);

    private static async Task<JsonElement> CallAsync(McpClient client, string tool, Dictionary<string, object?> arguments)
    {
        var result = await client.CallToolAsync(tool, arguments, cancellationToken: TestContext.Current.CancellationToken);
        Assert.False(result.IsError == true, string.Join(' ', result.Content.OfType<TextContentBlock>().Select(block => block.Text)));
        return JsonSerializer.SerializeToElement(result.StructuredContent);
    }
}
