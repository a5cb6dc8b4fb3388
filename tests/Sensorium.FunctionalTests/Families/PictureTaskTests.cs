using Grpc.Core;
using Sensorium.Core.Errors;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.Testing.Shared.Models;
using Xunit;

namespace Sensorium.FunctionalTests.Families;

[Collection(TinyModelsInOneProcess.Name)]
public sealed class PictureTasksInOneProcess(TinyModelsInOneProcess deployment) : PictureTaskTests(deployment);

[Collection(TinyModelsInSixProcesses.Name)]
public sealed class PictureTasksInSixProcesses(TinyModelsInSixProcesses deployment) : PictureTaskTests(deployment);

/// <summary>A model that reads prompts with pictures answers, token by token and place by place, what @huggingface/transformers answers from the same folder.</summary>
public abstract class PictureTaskTests(Deployment deployment) : DeploymentTests(deployment)
{
    private const string Model = "tiny-florence2";
    private const double Tolerance = 1e-4;

    [Fact]
    public async Task Answers_and_the_places_in_them_equal_the_reference()
    {
        var reference = TinyModels.Reference<Question, Answer>(Model);
        Assert.Contains(reference.Answer.Answers, answer => answer.Places.Length > 1);
        foreach (var (asked, expected) in reference.Question.Prompts.Zip(reference.Answer.Answers))
        {
            var events = await CaptionAsync(Request(asked.Picture, asked.Prompt, reference.Question.Tokens));

            var finished = events[^1].Finished;
            Assert.Equal(expected.Tokens, TokensOf(events));
            Assert.Equal(expected.PromptTokens, finished.Usage.PromptTokens);
            Assert.Equal(expected.Places.Length, finished.Regions.Count);
            Assert.All(expected.Places.Zip(finished.Regions), pair =>
                Assert.All(pair.First.Zip(pair.Second.Corners.SelectMany(corner => new[] { corner.X, corner.Y })), place => Assert.Equal(place.First, place.Second, Tolerance)));
            Assert.Equal(expected.Places.SelectMany(place => place).Count(), finished.Regions.Sum(region => 2 * region.Corners.Count));
        }
    }

    [Fact]
    public async Task Answers_to_many_callers_at_once_are_those_to_one()
    {
        var reference = TinyModels.Reference<Question, Answer>(Model);
        var calls = Enumerable.Range(0, 12).Select(async i =>
        {
            var asked = reference.Question.Prompts[i % reference.Question.Prompts.Length];
            var events = await CaptionAsync(Request(asked.Picture, asked.Prompt, reference.Question.Tokens));
            return (reference.Answer.Answers[i % reference.Question.Prompts.Length].Tokens, Written: TokensOf(events));
        });

        Assert.All(await Task.WhenAll(calls), one => Assert.Equal(one.Tokens, one.Written));
    }

    [Fact]
    public async Task A_picture_is_described_where_nobody_asks()
    {
        var reference = TinyModels.Reference<Question, Answer>(Model);

        var events = await CaptionAsync(Request(reference.Question.Prompts[0].Picture, "", reference.Question.Tokens));

        Assert.Equal(reference.Answer.Answers[0].Tokens, TokensOf(events));
    }

    [Fact]
    public async Task A_message_with_a_picture_is_a_task_too()
    {
        var reference = TinyModels.Reference<Question, Answer>(Model);
        var (asked, expected) = (reference.Question.Prompts[3], reference.Answer.Answers[3]);
        var message = new V1.ChatMessage { Role = V1.ChatRole.User };
        message.Parts.Add(new V1.ChatPart { Media = Data(TinyModels.Media(asked.Picture)) });
        message.Parts.Add(new V1.ChatPart { Text = asked.Prompt });
        var request = new V1.SensoriumServiceGenerateRequest
        {
            Model = new V1.ModelSelector { Id = Model },
            Messages = { message },
            Parameters = new V1.GenerationParameters { Temperature = 0, NumBeams = 1, MaxNewTokens = reference.Question.Tokens },
        };

        var events = await GenerateAsync(request);

        Assert.Equal(expected.Tokens, TokensOf(events));
        Assert.Equal(expected.Places.Length, events[^1].Finished.Regions.Count);
    }

    [Fact]
    public async Task Special_tokens_in_a_callers_words_are_words_and_places_are_places()
    {
        var (plain, closed, placed) = (await PromptTokensAsync("What"), await PromptTokensAsync("What</s>"), await PromptTokensAsync("What<loc_7>"));

        // "</s>" in letters is four.
        Assert.Equal((plain + 4, plain + 1), (closed, placed));

        async Task<int> PromptTokensAsync(string prompt) => (await CaptionAsync(Request("picture-32.png", prompt, 1)))[^1].Finished.Usage.PromptTokens;
    }

    [Theory]
    [InlineData("<OD>of cats", ErrorReasons.InvalidParameter, "takes no words")]
    [InlineData("<CAPTION_TO_PHRASE_GROUNDING>", ErrorReasons.InvalidParameter, "needs words")]
    public async Task A_task_that_is_asked_wrongly_is_refused(string prompt, string reason, string fault) => await ExpectFailureAsync(
        () => CaptionAsync(Request("picture-32.png", prompt, 1)), StatusCode.InvalidArgument, reason, fault);

    [Fact]
    public async Task A_prompt_without_room_beside_its_picture_is_refused() => await ExpectFailureAsync(
        () => CaptionAsync(Request("picture-32.png", string.Concat(Enumerable.Repeat("x ", 75)), 1)), StatusCode.InvalidArgument, ErrorReasons.PromptTooLong, "160");

    private static int[] TokensOf(IEnumerable<V1.CaptionEvent> events) =>
        [.. events.Where(said => said.Delta is not null).SelectMany(said => said.Delta.TokenIds)];

    private static V1.CaptionRequest Request(string picture, string prompt, int tokens) => new()
    {
        Model = new V1.ModelSelector { Id = Model },
        Media = { Data(TinyModels.Media(picture)) },
        Prompt = prompt,
        Parameters = new V1.GenerationParameters { Temperature = 0, NumBeams = 1, MaxNewTokens = tokens },
    };

    private sealed record Question(Asked[] Prompts, int Tokens);

    private sealed record Asked(string Picture, string Prompt);

    private sealed record Answer(Reply[] Answers);

    private sealed record Reply(int PromptTokens, int[] Tokens, string[] Labels, double[][] Places);
}
