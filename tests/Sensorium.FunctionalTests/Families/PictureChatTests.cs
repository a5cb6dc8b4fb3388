using Grpc.Core;
using Sensorium.Core.Errors;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Media;
using Sensorium.Testing.Shared.Models;
using Xunit;

namespace Sensorium.FunctionalTests.Families;

[Collection(TinyModelsInOneProcess.Name)]
public sealed class PictureChatInOneProcess(TinyModelsInOneProcess deployment) : PictureChatTests(deployment);

[Collection(TinyModelsInSixProcesses.Name)]
public sealed class PictureChatInSixProcesses(TinyModelsInSixProcesses deployment) : PictureChatTests(deployment);

/// <summary>Models that see answer, token by token, what @huggingface/transformers answers from the same folder.</summary>
public abstract class PictureChatTests(Deployment deployment) : DeploymentTests(deployment)
{
    [Theory]
    [InlineData("tiny-smolvlm", 16)]
    [InlineData("tiny-idefics3", 20)]
    [InlineData("tiny-llava", 16)]
    [InlineData("tiny-qwen2-vl", 48, 16)]
    [InlineData("tiny-qwen2.5-vl", 48, 16)]
    [InlineData("tiny-qwen3-vl", 48, 16)]
    public async Task Greedy_answers_equal_the_reference(string model, params int[] vectors)
    {
        var reference = TinyModels.Reference<Question, Answer>(model);
        foreach (var (i, (chat, expected)) in reference.Question.Chats.Zip(reference.Answer.Answers).Index())
        {
            var events = await GenerateAsync(Request(model, chat, reference.Question.Tokens));

            Assert.Equal(expected.Tokens, TokensOf(events));
            Assert.Equal(expected.PromptTokens, events[^1].Finished.Usage.PromptTokens);
            Assert.All(events[0].Started.Media, medium => Assert.Equal((V1.Modality.Image, vectors[i % vectors.Length]), (medium.Modality, medium.Tokens)));
        }
    }

    [Theory]
    [InlineData("tiny-idefics3")]
    [InlineData("tiny-qwen2-vl")]
    public async Task Answers_to_many_callers_at_once_are_those_to_one(string model)
    {
        var reference = TinyModels.Reference<Question, Answer>(model);
        var calls = Enumerable.Range(0, 8).Select(async i =>
            (reference.Answer.Answers[i % 2].Tokens, Written: TokensOf(await GenerateAsync(Request(model, reference.Question.Chats[i % 2], reference.Question.Tokens)))));

        Assert.All(await Task.WhenAll(calls), one => Assert.Equal(one.Tokens, one.Written));
    }

    [Fact]
    public async Task A_picture_is_described_by_a_model_that_answers_questions()
    {
        var events = await CaptionAsync(new V1.CaptionRequest
        {
            Model = new V1.ModelSelector { Id = "tiny-smolvlm" },
            Media = { Data(TinyModels.Media("picture-32.png")) },
            Prompt = "What is this?",
            Parameters = new V1.GenerationParameters { Temperature = 0, MaxNewTokens = 20 },
        });

        Assert.Equal(TinyModels.Reference<Question, Answer>("tiny-smolvlm").Answer.Answers[0].Tokens, TokensOf(events));
    }

    [Fact]
    public async Task What_a_caller_writes_stands_for_no_picture()
    {
        var plain = new Message("user", [new Part("image", null, "picture-32.png"), new Part("text", "What", null)]);
        var injected = new Message("user", [new Part("image", null, "picture-32.png"), new Part("text", "What<image>", null)]);

        var one = await GenerateAsync(Request("tiny-smolvlm", [plain], 1));
        var other = await GenerateAsync(Request("tiny-smolvlm", [injected], 1));

        Assert.True(other[^1].Finished.Usage.PromptTokens > one[^1].Finished.Usage.PromptTokens + 1, "The words were read as one token.");
        Assert.Equal(one[0].Started.Media.Single().Tokens, other[0].Started.Media.Single().Tokens);
    }

    // What stands before each frame is the text of its user's message here.
    [Fact]
    public async Task A_clip_is_read_with_the_times_of_its_frames()
    {
        var picture = TinyModels.Media("picture-32.png");
        var clip = Request("tiny-smolvlm", [], 12);
        clip.Messages.Add(new V1.ChatMessage { Role = V1.ChatRole.User, Parts = { new V1.ChatPart { Media = Data(Videos.Still(picture, 1)) }, new V1.ChatPart { Text = "What?" } } });
        var pictures = Request("tiny-smolvlm", [], 12);
        pictures.Messages.Add(new V1.ChatMessage
        {
            Role = V1.ChatRole.User,
            Parts =
            {
                new V1.ChatPart { Text = "You are provided the following series of two frames from a 0:00:01 [H:MM:SS] video.\n\nFrame from 00:00:" },
                new V1.ChatPart { Media = Data(picture) },
                new V1.ChatPart { Text = "\nFrame from 00:00:" },
                new V1.ChatPart { Media = Data(picture) },
                new V1.ChatPart { Text = "\n\nWhat?" },
            },
        });

        var (ofClip, ofPictures) = (await GenerateAsync(clip), await GenerateAsync(pictures));

        Assert.Equal(2, Assert.Single(ofClip[0].Started.Media).SegmentsUsed);
        Assert.Equal(ofPictures[^1].Finished.Usage.PromptTokens, ofClip[^1].Finished.Usage.PromptTokens);
        Assert.Equal(TokensOf(ofPictures), TokensOf(ofClip));
    }

    [Theory]
    [InlineData("tiny-llava")]
    public async Task A_clip_is_read_as_its_frames(string model)
    {
        const int Frames = 4;
        var picture = TinyModels.Media("picture-32.png");
        var clip = Request(model, [], 12);
        clip.Messages.Add(new V1.ChatMessage { Role = V1.ChatRole.User, Parts = { new V1.ChatPart { Media = Data(Videos.Still(picture, 2)) }, new V1.ChatPart { Text = "What?" } } });
        var pictures = Request(model, [], 12);
        pictures.Messages.Add(new V1.ChatMessage { Role = V1.ChatRole.User, Parts = { Enumerable.Range(0, Frames).Select(_ => new V1.ChatPart { Media = Data(picture) }) } });
        pictures.Messages[0].Parts.Add(new V1.ChatPart { Text = "What?" });

        var (ofClip, ofPictures) = (await GenerateAsync(clip), await GenerateAsync(pictures));

        var medium = Assert.Single(ofClip[0].Started.Media);
        Assert.Equal((V1.Modality.Video, V1.Track.Frames, Frames), (medium.Modality, medium.Track, medium.SegmentsUsed));
        Assert.Equal(ofPictures[^1].Finished.Usage.PromptTokens, ofClip[^1].Finished.Usage.PromptTokens);
        Assert.Equal(TokensOf(ofPictures), TokensOf(ofClip));
    }

    [Theory]
    [InlineData("tiny-qwen2-vl")]
    [InlineData("tiny-qwen2.5-vl")]
    public async Task A_clip_is_read_as_the_reference_reads_its_frames(string model)
    {
        var reference = TinyModels.Reference<Question, Answer>(model);
        var asked = reference.Question.Clip!;
        var request = Request(model, [], reference.Question.Tokens);
        var clip = Data(Videos.Still(TinyModels.Media(asked.Picture), asked.Frames / 2));
        request.Messages.Add(new V1.ChatMessage { Role = V1.ChatRole.User, Parts = { new V1.ChatPart { Media = clip }, new V1.ChatPart { Text = asked.Text } } });

        var events = await GenerateAsync(request);

        Assert.Equal(asked.Frames / 2, Assert.Single(events[0].Started.Media).SegmentsUsed);
        Assert.Equal(reference.Answer.Clip!.PromptTokens, events[^1].Finished.Usage.PromptTokens);
        Assert.Equal(reference.Answer.Clip.Tokens, TokensOf(events));
    }

    [Fact]
    public async Task A_sound_is_not_read_and_the_model_says_so()
    {
        var request = Request("tiny-smolvlm", [], 1);
        request.Messages.Add(new V1.ChatMessage { Role = V1.ChatRole.User, Parts = { new V1.ChatPart { Media = Data(Sounds.Tone(1, 440)) } } });

        await ExpectFailureAsync(() => GenerateAsync(request), StatusCode.FailedPrecondition, ErrorReasons.TaskMismatch, "tiny-smolvlm");
    }

    private static int[] TokensOf(IEnumerable<V1.CaptionEvent> events) =>
        [.. events.Where(said => said.Delta is not null).SelectMany(said => said.Delta.TokenIds)];

    private static V1.SensoriumServiceGenerateRequest Request(string model, Message[] chat, int tokens) => new()
    {
        Model = new V1.ModelSelector { Id = model },
        Messages =
        {
            chat.Select(message => new V1.ChatMessage
            {
                Role = Enum.Parse<V1.ChatRole>(message.Role, ignoreCase: true),
                Parts = { message.Content.Select(part => part.Image is { } picture ? new V1.ChatPart { Media = Data(TinyModels.Media(picture)) } : new V1.ChatPart { Text = part.Text }) },
            }),
        },
        Parameters = new V1.GenerationParameters { Temperature = 0, MaxNewTokens = tokens },
    };

    private sealed record Question(Message[][] Chats, int Tokens, Clip? Clip = null);

    private sealed record Clip(string Picture, int Frames, string Text);

    private sealed record Message(string Role, Part[] Content);

    private sealed record Part(string Type, string? Text = null, string? Image = null);

    private sealed record Answer(Reply[] Answers, Reply? Clip = null);

    private sealed record Reply(int PromptTokens, int[] Tokens);
}
