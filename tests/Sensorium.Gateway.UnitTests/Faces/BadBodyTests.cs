using System.Text.Json;
using Sensorium.Gateway.UnitTests.Fakes;
using Xunit;

namespace Sensorium.Gateway.UnitTests.Faces;

/// <summary>Bodies that are wrong are refused with the right status in the shape of their face, and the connection goes on.</summary>
public sealed class BadBodyTests : IDisposable
{
    private const int Bad = 400;

    /// <summary>No JSON, or no object.</summary>
    private static readonly string[] Unreadable =
        ["", "not JSON", "[]", "null", "7", """{"model": """, "{\"model\": \"\u0001\"}", "{\"a\": " + new string('[', 10_000), """{"model": "fake",}""", "{'model': 'fake'}", """{"\ud800": 1, "model": 1}""", """{"a": [{"b": {"\uDC00": 1}}]}"""];

    private readonly TestGateway _gateway = new();

    public void Dispose() => _gateway.Dispose();

    public static TheoryData<string, string, string> Faces => new()
    {
        { "/v1/chat/completions", """{"model": "fake", "messages": [{"role": "user", "content": "still here"}]}""", "error.message" },
        { "/v1/responses", """{"model": "fake", "input": "still here"}""", "error.message" },
        { "/v2/embed", """{"model": "fake", "texts": ["still here"], "input_type": "search_query"}""", "message" },
        { "/v1/rerank", """{"model": "fake", "query": "q", "documents": ["still here"]}""", "message" },
        { "/embed", """{"inputs": "still here"}""", "error" },
        { "/rerank", """{"query": "q", "texts": ["still here"]}""", "error" },
        { "/predict", """{"inputs": "still here"}""", "error" },
        { "/similarity", """{"inputs": {"source_sentence": "a", "sentences": ["still here"]}}""", "error" },
        { "/api/embed", """{"model": "fake", "input": "still here"}""", "error" },
        { "/api/chat", """{"model": "fake", "messages": [{"role": "user", "content": "still here"}]}""", "error" },
        { "/api/generate", """{"model": "fake", "prompt": "still here"}""", "error" },
        { "/api/show", """{"model": "fake"}""", "error" },
        { "/v2/models/fake/infer", """{"inputs": [{"name": "text", "shape": [1], "datatype": "BYTES", "data": ["still here"]}]}""", "error" },
    };

    [Theory]
    [MemberData(nameof(Faces))]
    public async Task Each_is_told_what_is_wrong(string path, string good, string message)
    {
        _gateway.Encoders[Core.Media.Modality.Text].Labels = path.Contains("rerank", StringComparison.Ordinal) ? new(["relevant"], true) : path == "/predict" ? new(["bad", "good"], false) : null;
        _gateway.Encoders[Core.Media.Modality.Text].Vector = _ => path.Contains("rerank", StringComparison.Ordinal) ? [1] : [1, 0];
        await using var host = await FaceHost.StartAsync(_gateway);

        var rows = Unreadable.Select(body => new BadBody(path, body, Bad, ""))
            .Append(new BadBody(path, "", Bad, "The body is empty"))
            .Append(new BadBody(path, "{\n\"model\" 7}", Bad, "(line 2, byte 9)"))
            .Concat(FaceBodies.Wrong.Where(row => row.Path == path))
            .ToArray();
        Assert.True(rows.Length >= 15, $"{path}: {rows.Length}");
        foreach (var row in rows)
        {
            var (status, answer) = await host.PostAsync(path, row.Body);
            Assert.True(row.Status == status, $"{row.Body}: {status} {answer}");
            var told = message.Split('.').Aggregate(JsonElement.Parse(answer), (json, name) => json.GetProperty(name)).GetString();
            Assert.Contains(row.Named, told, StringComparison.Ordinal);
            Assert.NotEqual("", told);
        }

        Assert.Equal(200, (await host.PostAsync(path, good)).Status);
        Assert.Equal(1, host.Connections);
    }
}
