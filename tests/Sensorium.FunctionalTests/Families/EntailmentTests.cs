using Grpc.Core;
using Sensorium.Core.Errors;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.Testing.Shared.Models;
using Xunit;

namespace Sensorium.FunctionalTests.Families;

[Collection(TinyModelsInOneProcess.Name)]
public sealed class EntailmentInOneProcess(TinyModelsInOneProcess deployment) : EntailmentTests(deployment);

[Collection(TinyModelsInSixProcesses.Name)]
public sealed class EntailmentInSixProcesses(TinyModelsInSixProcesses deployment) : EntailmentTests(deployment);

/// <summary>Labels in words get the scores that @huggingface/transformers gives them from a model of entailment.</summary>
public abstract class EntailmentTests(Deployment deployment) : DeploymentTests(deployment)
{
    private const string Model = "tiny-nli";
    private const float Tolerance = 1e-4f;

    private static TinyReference<Question, Answer> Reference => TinyModels.Reference<Question, Answer>(Model);

    [Fact]
    public async Task Labels_that_exclude_each_other_are_compared_by_how_well_they_follow() =>
        AssertScores(Reference.Answer.Softmax, await Client.ClassifyAsync(Request()));

    [Fact]
    public async Task Independent_labels_follow_or_are_contradicted()
    {
        var request = Request();
        request.Scoring = V1.Scoring.Independent;

        AssertScores(Reference.Answer.Independent, await Client.ClassifyAsync(request));
    }

    [Fact]
    public async Task Labels_are_put_into_the_sentences_of_the_request()
    {
        var request = Request();
        request.Templates.Add(Reference.Question.Template);

        AssertScores(Reference.Answer.Templated, await Client.ClassifyAsync(request));
    }

    [Fact]
    public async Task Without_labels_there_are_the_verdicts_on_the_text_alone()
    {
        var request = Request();
        request.Labels.Clear();

        var response = await Client.ClassifyAsync(request);

        Assert.All(response.Results, result => Assert.Equal(
            ["ENTAILMENT", "contradiction", "neutral"], result.Classification.Scores.Select(score => score.Label).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task A_threshold_of_similarities_is_refused()
    {
        var request = Request();
        request.NoneThreshold = 0.5f;

        await ExpectFailureAsync(() => Client.ClassifyAsync(request).ResponseAsync, StatusCode.InvalidArgument, ErrorReasons.InvalidParameter, "none_threshold");
    }

    private static V1.ClassifyRequest Request() => new()
    {
        Items = { Reference.Question.Texts.Select(text => Text(text)) },
        Labels = { Reference.Question.Labels.Select(label => new V1.Label { Name = label }) },
        Model = new V1.ModelSelector { Id = Model },
    };

    private static void AssertScores(float[][] expected, V1.ClassifyResponse response)
    {
        Assert.Equal(expected.Length, response.Results.Count);
        Assert.All(response.Results.Zip(expected), pair =>
        {
            var scores = pair.First.Classification.Scores;
            Assert.Equal(scores.OrderByDescending(score => score.Score).Select(score => score.Label), scores.Select(score => score.Label));
            Assert.All(Reference.Question.Labels.Zip(pair.Second), label => Assert.Equal(label.Second, scores.Single(score => score.Label == label.First).Score, Tolerance));
        });
    }

    private sealed record Question(string[] Texts, string[] Labels, string Template);

    private sealed record Answer(float[][] Softmax, float[][] Independent, float[][] Templated);
}
