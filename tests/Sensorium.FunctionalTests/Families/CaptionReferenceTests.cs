using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.Testing.Shared.Models;
using Xunit;

namespace Sensorium.FunctionalTests.Families;

[Collection(TinyModelsInOneProcess.Name)]
public sealed class CaptionReferenceInOneProcess(TinyModelsInOneProcess deployment) : CaptionReferenceTests(deployment);

[Collection(TinyModelsInSixProcesses.Name)]
public sealed class CaptionReferenceInSixProcesses(TinyModelsInSixProcesses deployment) : CaptionReferenceTests(deployment);

/// <summary>Models that write about pictures write, token by token, what @huggingface/transformers writes from the same folder.</summary>
public abstract class CaptionReferenceTests(Deployment deployment) : DeploymentTests(deployment)
{
    [Theory]
    [InlineData("tiny-vit-gpt2")]
    [InlineData("tiny-trocr")]
    [InlineData("tiny-trocr-split")]
    [InlineData("mini-captioner")]
    public async Task Greedy_captions_equal_the_reference(string model)
    {
        var reference = TinyModels.Reference<Question, Answer>(model);
        foreach (var (picture, expected) in reference.Question.Pictures.Zip(reference.Answer.Captions))
        {
            var events = await CaptionAsync(Request(model, picture));

            Assert.Equal(expected.Tokens, events.Where(next => next.Delta is not null).SelectMany(next => next.Delta.TokenIds));
            Assert.True(expected.Text.Contains('\uFFFD', StringComparison.Ordinal) || expected.Text == events[^1].Finished.Text, events[^1].Finished.Text);
            Assert.Equal(model, events[^1].Finished.Model.Id);
        }
    }

    [Fact]
    public async Task Captions_of_many_callers_at_once_are_those_of_one()
    {
        string[] models = ["tiny-vit-gpt2", "tiny-trocr", "tiny-trocr-split"];
        var calls = Enumerable.Range(0, 18).Select(async i =>
        {
            var reference = TinyModels.Reference<Question, Answer>(models[i % 3]);
            var number = i / 3 % 2;
            var events = await CaptionAsync(Request(models[i % 3], reference.Question.Pictures[number]));
            return (reference.Answer.Captions[number].Tokens, Written: events.Where(next => next.Delta is not null).SelectMany(next => next.Delta.TokenIds).ToArray());
        });

        Assert.All(await Task.WhenAll(calls), one => Assert.Equal(one.Tokens, one.Written));
    }

    [Fact]
    public async Task A_request_may_forbid_what_its_model_allows()
    {
        var request = Request("tiny-trocr", "other-32.png");
        request.Parameters = new V1.GenerationParameters { NoRepeatNgramSize = 1 };

        var tokens = (await CaptionAsync(request)).Where(next => next.Delta is not null).SelectMany(next => next.Delta.TokenIds).ToArray();

        Assert.NotEmpty(tokens);
        Assert.Equal(tokens.Distinct(), tokens);
    }

    private static V1.CaptionRequest Request(string model, string picture) => new()
    {
        Model = new V1.ModelSelector { Id = model },
        Media = { Data(TinyModels.Media(picture)) },
    };

    private sealed record Question(string[] Pictures);

    private sealed record Answer(Caption[] Captions);

    private sealed record Caption(int[] Tokens, string Text);
}
