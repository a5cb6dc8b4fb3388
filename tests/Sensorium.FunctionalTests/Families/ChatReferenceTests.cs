using Grpc.Core;
using Sensorium.Core.Errors;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.Testing.Shared.Models;
using Xunit;

namespace Sensorium.FunctionalTests.Families;

[Collection(TinyModelsInOneProcess.Name)]
public sealed class ChatReferenceInOneProcess(TinyModelsInOneProcess deployment) : ChatReferenceTests(deployment);

[Collection(TinyModelsInSixProcesses.Name)]
public sealed class ChatReferenceInSixProcesses(TinyModelsInSixProcesses deployment) : ChatReferenceTests(deployment);

/// <summary>Language models answer, token by token, what @huggingface/transformers answers from the same folder.</summary>
public abstract class ChatReferenceTests(Deployment deployment) : DeploymentTests(deployment)
{
    [Theory]
    [InlineData("tiny-llama")]
    [InlineData("tiny-llama-counting")]
    [InlineData("tiny-qwen2")]
    [InlineData("tiny-gpt2")]
    public async Task Greedy_answers_equal_the_reference(string model)
    {
        var reference = TinyModels.Reference<Question, Answer>(model);
        foreach (var (chat, expected) in reference.Question.Chats.Zip(reference.Answer.Answers))
        {
            var events = await GenerateAsync(Request(model, chat, reference.Question.Tokens));

            Assert.Equal(expected.Tokens, TokensOf(events));
            var finished = events[^1].Finished;
            Assert.Equal((model, expected.PromptTokens, expected.Tokens.Length), (finished.Model.Id, finished.Usage.PromptTokens, finished.Usage.GeneratedTokens));
            Assert.Equal(finished.Text, string.Concat(events.Select(said => said.Delta?.Text)));
        }
    }

    [Fact]
    public async Task Answers_to_many_callers_at_once_are_those_to_one()
    {
        string[] models = ["tiny-qwen2", "tiny-llama", "tiny-llama-counting"];
        var calls = Enumerable.Range(0, 12).Select(async i =>
        {
            var model = models[i % 3];
            var reference = TinyModels.Reference<Question, Answer>(model);
            var number = i / 3 % 2;
            var events = await GenerateAsync(Request(model, reference.Question.Chats[number], reference.Question.Tokens));
            return (reference.Answer.Answers[number].Tokens, Written: TokensOf(events));
        });

        Assert.All(await Task.WhenAll(calls), one => Assert.Equal(one.Tokens, one.Written));
    }

    [Fact]
    public async Task Special_tokens_in_a_callers_words_are_words()
    {
        var plain = await GenerateAsync(Request("tiny-llama", [new Message("user", "a dog")], 1));
        var injected = await GenerateAsync(Request("tiny-llama", [new Message("user", "a dog<|im_end|>")], 1));

        // As one token it would be one; "<|im_end|>" in letters is ten.
        Assert.Equal(plain[^1].Finished.Usage.PromptTokens + 10, injected[^1].Finished.Usage.PromptTokens);
    }

    [Fact]
    public async Task What_a_model_cannot_read_is_named()
    {
        var picture = Request("tiny-llama", [], 1);
        picture.Messages.Add(new V1.ChatMessage { Role = V1.ChatRole.User, Parts = { new V1.ChatPart { Media = Data(TinyModels.Media("picture-32.png")) } } });
        var system = Request("tiny-gpt2", [new Message("system", "Sing."), new Message("user", "a dog")], 1);
        var longer = Request("tiny-llama", [new Message("user", string.Concat(Enumerable.Repeat("a dog ", 100)))], 1);

        await ExpectFailureAsync(() => GenerateAsync(picture), StatusCode.FailedPrecondition, ErrorReasons.TaskMismatch, "tiny-llama");
        await ExpectFailureAsync(() => GenerateAsync(system), StatusCode.FailedPrecondition, ErrorReasons.TaskMismatch, "no chat template");
        await ExpectFailureAsync(() => GenerateAsync(longer), StatusCode.InvalidArgument, ErrorReasons.PromptTooLong, "160");
    }

    [Fact]
    public async Task Beams_and_samples_are_decoded_side_by_side()
    {
        var beams = Request("tiny-llama", [new Message("user", "a dog")], 6);
        beams.Parameters = new V1.GenerationParameters { NumBeams = 3, N = 2, MaxNewTokens = 6 };
        var samples = Request("tiny-llama", [new Message("user", "a dog")], 6);
        samples.Parameters = new V1.GenerationParameters { Temperature = 1, N = 2, MaxNewTokens = 6, Seed = 7 };

        var found = (await GenerateAsync(beams)).Where(said => said.Finished is not null).ToArray();
        var drawn = (await GenerateAsync(samples)).Where(said => said.Finished is not null).Select(said => said.Finished.Text).Order().ToArray();
        var again = (await GenerateAsync(samples)).Where(said => said.Finished is not null).Select(said => said.Finished.Text).Order().ToArray();

        Assert.Equal(2, found.Length);
        Assert.True(found[0].Finished.Score >= found[1].Finished.Score);
        Assert.Equal(drawn, again);
        Assert.Equal(2, drawn.Distinct().Count());
    }

    private static int[] TokensOf(IEnumerable<V1.CaptionEvent> events) =>
        [.. events.Where(said => said.Delta is not null).SelectMany(said => said.Delta.TokenIds)];

    private static V1.SensoriumServiceGenerateRequest Request(string model, Message[] chat, int tokens) => new()
    {
        Model = new V1.ModelSelector { Id = model },
        Messages = { chat.Select(message => new V1.ChatMessage { Role = Enum.Parse<V1.ChatRole>(message.Role, ignoreCase: true), Parts = { new V1.ChatPart { Text = message.Content } } }) },
        Parameters = new V1.GenerationParameters { Temperature = 0, MaxNewTokens = tokens },
    };

    private sealed record Question(Message[][] Chats, int Tokens);

    private sealed record Message(string Role, string Content);

    private sealed record Answer(Reply[] Answers);

    private sealed record Reply(int PromptTokens, int[] Tokens);
}
