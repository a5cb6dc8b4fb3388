using System.Text.Json;
using Sensorium.Gateway.UnitTests.Fakes;
using Xunit;

namespace Sensorium.Gateway.UnitTests.Faces;

/// <summary>Clients that ask a face for what it does not have read why in its own shape.</summary>
public sealed class UnservedPathTests : IDisposable
{
    private readonly TestGateway _gateway = new();

    public void Dispose() => _gateway.Dispose();

    [Theory]
    [InlineData("POST", "/v1/files", 404, "error.message")]
    [InlineData("GET", "/v1", 404, "error.message")]
    [InlineData("GET", "/v1/files/f-1/content", 404, "error.message")]
    [InlineData("GET", "/openai/v1/threads", 404, "error.message")]
    [InlineData("POST", "/v2/chat", 404, "message")]
    [InlineData("GET", "/v2/nothing", 404, "error")]
    [InlineData("GET", "/v2/models/fake/trace/setting", 404, "error")]
    [InlineData("POST", "/api/pull", 404, "error")]
    [InlineData("DELETE", "/api/delete", 404, "error")]
    [InlineData("GET", "/tei/fake/health", 404, "error")]
    [InlineData("GET", "/v1/chat/completions", 405, "error.message")]
    [InlineData("DELETE", "/openai/v1/models/fake", 405, "error.message")]
    [InlineData("GET", "/embeddings", 405, "error.message")]
    [InlineData("GET", "/v1/rerank", 405, "message")]
    [InlineData("GET", "/v2/embed", 405, "message")]
    [InlineData("PUT", "/v2/models/fake/infer", 405, "error")]
    [InlineData("GET", "/api/generate", 405, "error")]
    [InlineData("GET", "/embed", 405, "error")]
    [InlineData("GET", "/tei/fake/rerank", 405, "error")]
    public async Task The_path_is_named_and_so_are_its_methods(string method, string path, int expected, string message)
    {
        await using var host = await FaceHost.StartAsync(_gateway);

        using var response = await host.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative)), TestContext.Current.CancellationToken);

        var answer = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(expected == (int)response.StatusCode, answer);
        var told = message.Split('.').Aggregate(JsonElement.Parse(answer), (json, name) => json.GetProperty(name)).GetString();
        Assert.Contains(path, told, StringComparison.Ordinal);
        Assert.Equal(expected == 405, response.Content.Headers.Allow.Count > 0);
    }

    [Theory]
    [InlineData("/v1/embeddings", """{"model": "NAME", "input": "x"}""")]
    [InlineData("/api/show", """{"model": "NAME"}""")]
    [InlineData("/v2/models/fake/infer", """{"inputs": [{"name": "NAME", "shape": [1], "datatype": "BYTES", "data": ["a"]}]}""")]
    [InlineData("/v2/models/fake/infer", """{"inputs": [{"name": "text", "shape": [1], "datatype": "NAME", "data": ["a"]}]}""")]
    public async Task A_name_of_many_letters_does_not_come_back_whole(string path, string body)
    {
        await using var host = await FaceHost.StartAsync(_gateway);

        var (status, answer) = await host.PostAsync(path, body.Replace("NAME", new string('n', 100_000), StringComparison.Ordinal));

        Assert.InRange(status, 400, 404);
        Assert.Contains("nnn", answer, StringComparison.Ordinal);
        Assert.InRange(answer.Length, 100, 3_000);
    }
}
