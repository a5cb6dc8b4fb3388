using System.Runtime.InteropServices;
using Grpc.Core;
using Sensorium.Core.Errors;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.Testing.Shared.Models;
using Xunit;

namespace Sensorium.FunctionalTests.Families;

[Collection(TinyModelsInOneProcess.Name)]
public sealed class TextReferenceInOneProcess(TinyModelsInOneProcess deployment) : TextReferenceTests(deployment);

[Collection(TinyModelsInSixProcesses.Name)]
public sealed class TextReferenceInSixProcesses(TinyModelsInSixProcesses deployment) : TextReferenceTests(deployment);

/// <summary>Text encoders give what @huggingface/transformers gives from the same folder, many texts at once as one alone.</summary>
public abstract class TextReferenceTests(Deployment deployment) : DeploymentTests(deployment)
{
    private const float Tolerance = 1e-4f;

    [Theory]
    [InlineData("tiny-bert", "")]
    [InlineData("tiny-bert-cls", "query")]
    [InlineData("tiny-bert-sentence", "")]
    [InlineData("tiny-roberta", "")]
    [InlineData("tiny-roberta-last", "")]
    [InlineData("tiny-distilbert", "")]
    [InlineData("tiny-mpnet", "")]
    [InlineData("tiny-xlm-roberta", "")]
    [InlineData("tiny-modernbert", "")]
    [InlineData("tiny-bert-external", "")]
    [InlineData("tiny-bert-unscaled", "")]
    public async Task Vectors_equal_the_reference(string model, string prompt)
    {
        var reference = TinyModels.Reference<Asked, Vectors>(model);

        AssertNear(reference.Answer.Plain, await EmbedAsync(model, "", reference.Question.Texts));
        if (prompt.Length > 0)
        {
            AssertNear(reference.Answer.Prompted, await EmbedAsync(model, prompt, reference.Question.Texts));
        }
    }

    [Theory]
    [InlineData("tiny-cross-encoder")]
    [InlineData("tiny-roberta-reranker")]
    public async Task Pairs_have_the_scores_of_the_reference_best_first(string model)
    {
        var reference = TinyModels.Reference<Pairs, PairScores>(model);
        var (question, answer) = (reference.Question, reference.Answer);
        var response = await Client.RerankAsync(new V1.RerankRequest { Query = question.Query, Documents = { question.Documents }, Model = new V1.ModelSelector { Id = model } });

        Assert.Equal(Enumerable.Range(0, question.Documents.Length).OrderByDescending(i => answer.Raw[i]), response.Results.Select(result => result.Index));
        Assert.All(response.Results, result =>
        {
            Assert.Equal(answer.Raw[result.Index], result.Logit, Tolerance);
            Assert.Equal(answer.Scores[result.Index], result.Score, Tolerance);
        });
        Assert.Equal(model, response.Model.Id);
        Assert.True(response.InputUnits > 0);
    }

    [Fact]
    public async Task A_query_that_leaves_its_pair_no_room_is_refused_with_the_count_or_cut_on_demand()
    {
        var request = new V1.RerankRequest
        {
            Query = "rain",
            Documents = { string.Join(' ', Enumerable.Repeat("dog", 60)) },
            Model = new V1.ModelSelector { Id = "tiny-cross-encoder" },
        };
        await ExpectFailureAsync(() => Client.RerankAsync(request).ResponseAsync, StatusCode.InvalidArgument, ErrorReasons.TextTooLong, "64 tokens");

        request.Truncate = true;
        var response = await Client.RerankAsync(request);

        Assert.Single(response.Results);
        Assert.Equal(("documents[0]", WarningReasons.TextTruncated), (response.Warnings[0].ItemId, response.Warnings[0].Reason));
    }

    [Theory]
    [InlineData("tiny-classifier")]
    [InlineData("tiny-labeller")]
    public async Task Texts_have_the_scores_of_the_models_own_labels(string model)
    {
        var reference = TinyModels.Reference<Asked, LabelScores>(model);
        var request = new V1.ClassifyRequest { Items = { reference.Question.Texts.Select(text => Text(text)) }, Model = new V1.ModelSelector { Id = model } };

        var response = await Client.ClassifyAsync(request);

        Assert.All(response.Results.Zip(reference.Answer.Scores), pair =>
        {
            var scores = pair.First.Classification.Scores;
            Assert.Equal(scores.OrderByDescending(score => score.Score).Select(score => score.Label), scores.Select(score => score.Label));
            Assert.Equal(reference.Answer.Labels.Length, scores.Count);
            Assert.All(reference.Answer.Labels.Zip(pair.Second), expected =>
                Assert.Equal(expected.Second, scores.Single(score => score.Label == expected.First).Score, Tolerance));
        });
    }

    private async Task<float[][]> EmbedAsync(string model, string prompt, string[] texts)
    {
        var options = new V1.EncodeOptions { Model = new V1.ModelSelector { Id = model }, PromptName = prompt };
        var response = await Client.EmbedAsync(new V1.EmbedRequest { Items = { texts.Select(text => Text(text)) }, Options = options });
        return [.. response.Results.Select(result => MemoryMarshal.Cast<byte, float>(result.Encoded.Embedding.Data.Span).ToArray())];
    }

    private static void AssertNear(float[][] expected, float[][] found) => Assert.All(expected.Zip(found), pair =>
    {
        Assert.Equal(pair.First.Length, pair.Second.Length);
        Assert.All(pair.First.Zip(pair.Second), both => Assert.Equal(both.First, both.Second, Tolerance));
    });

    private sealed record Asked(string[] Texts);

    private sealed record Vectors(float[][] Plain, float[][] Prompted);

    private sealed record Pairs(string Query, string[] Documents);

    private sealed record PairScores(float[] Raw, float[] Scores);

    private sealed record LabelScores(string[] Labels, float[][] Scores);
}
