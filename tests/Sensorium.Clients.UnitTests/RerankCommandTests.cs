using System.Text.Json;
using Sensorium.V1;
using Xunit;

namespace Sensorium.Clients.UnitTests;

public sealed class RerankCommandTests : GatewayFixture
{
    [Fact]
    public async Task Writes_the_documents_best_first()
    {
        Gateway.OnRerank = Answer;

        var (exitCode, output, _) = await RunAsync("rerank", "who barks?", "a cat", "a dog", "--top", "2", "--truncate");

        Assert.Equal((0, $"0.7500 a dog{Environment.NewLine}0.2500 a cat{Environment.NewLine}"), (exitCode, output));
        var request = Assert.Single(Gateway.Reranks);
        Assert.Equal(["a cat", "a dog"], request.Documents);
        Assert.Equal(("who barks?", 2, true, null), (request.Query, request.TopN, request.Truncate, request.Model));
    }

    [Fact]
    public async Task Names_the_model_and_writes_json()
    {
        Gateway.OnRerank = Answer;

        var (_, output, _) = await RunAsync("rerank", "who barks?", "a cat", "a dog", "--model", "judge", "--json");

        using var first = JsonDocument.Parse(output.Split(Environment.NewLine)[0]);
        Assert.Equal((1, "a dog"), (first.RootElement.GetProperty("index").GetInt32(), first.RootElement.GetProperty("document").GetString()));
        Assert.Equal("judge", Gateway.Reranks[0].Model.Id);
    }

    [Fact]
    public async Task Documents_are_needed() => Assert.Equal(2, (await RunAsync("rerank", "who barks?")).ExitCode);

    private static RerankResponse Answer(RerankRequest request) => new()
    {
        Results = { new RerankResult { Index = 1, Score = 0.75f, Logit = 1.1f }, new RerankResult { Index = 0, Score = 0.25f, Logit = -1.1f } },
    };
}
