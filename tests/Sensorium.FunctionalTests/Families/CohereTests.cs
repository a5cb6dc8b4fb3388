using System.Net;
using System.Text;
using System.Text.Json;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.Testing.Shared.Models;
using Xunit;

namespace Sensorium.FunctionalTests.Families;

[Collection(TinyModelsInOneProcess.Name)]
public sealed class CohereInOneProcess(TinyModelsInOneProcess deployment) : CohereTests(deployment);

[Collection(TinyModelsInSixProcesses.Name)]
public sealed class CohereInSixProcesses(TinyModelsInSixProcesses deployment) : CohereTests(deployment);

public abstract class CohereTests(Deployment deployment) : DeploymentTests(deployment), IDisposable
{
    private const string Model = "tiny-cross-encoder";

    private readonly HttpClient _http = new() { BaseAddress = deployment.GatewayHttp };

    public void Dispose()
    {
        _http.Dispose();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData("/v1/rerank")]
    [InlineData("/v2/rerank")]
    public async Task Documents_are_ordered_as_the_reference_scores_them(string path)
    {
        var reference = TinyModels.Reference<Pairs, PairScores>(Model);
        var expected = reference.Answer.Scores.Index().OrderByDescending(entry => entry.Item).ToArray();

        var (status, body) = await PostAsync(path, new { model = Model, query = reference.Question.Query, documents = reference.Question.Documents });

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.False(string.IsNullOrEmpty(body.GetProperty("id").GetString()));
        var results = body.GetProperty("results").EnumerateArray().ToArray();
        Assert.Equal(expected.Select(entry => entry.Index), results.Select(result => result.GetProperty("index").GetInt32()));
        Assert.All(results.Zip(expected), pair => Assert.Equal(pair.Second.Item, pair.First.GetProperty("relevance_score").GetSingle(), 1e-4f));
        Assert.All(results, result => Assert.False(result.TryGetProperty("document", out _)));
    }

    [Fact]
    public async Task The_best_are_given_with_their_documents_on_demand()
    {
        var reference = TinyModels.Reference<Pairs, PairScores>(Model);
        var best = reference.Question.Documents[reference.Answer.Scores.Index().MaxBy(entry => entry.Item).Index];

        var (_, body) = await PostAsync("/v1/rerank", new
        {
            model = Model,
            query = reference.Question.Query,
            documents = reference.Question.Documents.Select(text => new { text }),
            top_n = 1,
            return_documents = true,
        });

        var result = Assert.Single(body.GetProperty("results").EnumerateArray());
        Assert.Equal(best, result.GetProperty("document").GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("""{"query": "q", "documents": ["d"]}""", 400, "model")]
    [InlineData("""{"model": "tiny-cross-encoder", "documents": ["d"]}""", 400, "query")]
    [InlineData("""{"model": "tiny-cross-encoder", "query": "q"}""", 400, "documents")]
    [InlineData("""{"model": "tiny-cross-encoder", "query": "q", "documents": []}""", 400, "documents")]
    [InlineData("""{"model": "tiny-cross-encoder", "query": "q", "documents": "d"}""", 400, "documents")]
    [InlineData("""{"model": "tiny-cross-encoder", "query": "q", "documents": ["d", 1]}""", 400, "documents[1]")]
    [InlineData("""{"model": "tiny-cross-encoder", "query": "q", "documents": [{}]}""", 400, "documents[0].text")]
    [InlineData("""{"model": "tiny-cross-encoder", "query": "q", "documents": ["d"], "top_n": 0}""", 400, "top_n")]
    [InlineData("""{"model": "tiny-cross-encoder", "query": "q", "documents": ["d"], "return_documents": 1}""", 400, "return_documents")]
    [InlineData("""{"model": "tiny-bert", "query": "q", "documents": ["d"]}""", 400, "tiny-bert")]
    [InlineData("""{"model": "nobody", "query": "q", "documents": ["d"]}""", 404, "nobody")]
    [InlineData("""["q"]""", 400, "object")]
    public async Task What_is_wrong_is_named_in_the_message(string request, int expected, string part)
    {
        var (status, body) = await PostAsync("/v1/rerank", request);

        Assert.Equal(expected, (int)status);
        Assert.Contains(part, body.GetProperty("message").GetString());
    }

    private Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, object request) => PostAsync(path, JsonSerializer.Serialize(request));

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, string request)
    {
        using var content = new StringContent(request, Encoding.UTF8, "application/json");
        using var response = await _http.PostAsync(new Uri(path, UriKind.Relative), content, CancellationToken.None);
        using var body = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(CancellationToken.None));
        return (response.StatusCode, body.RootElement.Clone());
    }

    private sealed record Pairs(string Query, string[] Documents);

    private sealed record PairScores(float[] Scores);
}
