using Sensorium.FunctionalTests.Infrastructure;
using Xunit;

namespace Sensorium.FunctionalTests.Families;

[Collection(TinyModelsInOneProcess.Name)]
public sealed class NamedModelsInOneProcess(TinyModelsInOneProcess deployment) : NamedModelTests(deployment);

[Collection(TinyModelsInSixProcesses.Name)]
public sealed class NamedModelsInSixProcesses(TinyModelsInSixProcesses deployment) : NamedModelTests(deployment);

/// <summary>Requests that name no model are answered by the one that the settings name for their task.</summary>
public abstract class NamedModelTests(Deployment deployment) : DeploymentTests(deployment)
{
    [Fact]
    public async Task Documents_are_ranked_by_it()
    {
        var response = await Client.RerankAsync(new V1.RerankRequest { Query = "who sings?", Documents = { "a bird", "a stone" } });

        Assert.Equal(NamedModels.Reranker, response.Model.Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a song,a stone")]
    public async Task Texts_are_classified_by_it(string labels)
    {
        var names = labels.Split(',', StringSplitOptions.RemoveEmptyEntries);
        var response = await Client.ClassifyAsync(new V1.ClassifyRequest { Items = { Text("a bird sings") }, Labels = { names.Select(name => new V1.Label { Name = name }) } });

        Assert.Equal(NamedModels.Classifier, Assert.Single(response.Models).Id);
        Assert.NotEmpty(Assert.Single(response.Results).Classification.Scores);
    }

    [Fact]
    public async Task Vectors_are_still_those_of_the_default() => Assert.Equal(
        "sensorium-mini", Assert.Single((await Client.EmbedAsync(new V1.EmbedRequest { Items = { Text("a bird sings") } })).Models).Id);
}

/// <summary>Which models the settings of the tiny models name.</summary>
internal static class NamedModels
{
    public const string Classifier = "tiny-nli";

    // Not the first of those that could.
    public const string Reranker = "tiny-roberta-reranker";
}
