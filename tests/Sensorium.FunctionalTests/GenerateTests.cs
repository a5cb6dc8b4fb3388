using Grpc.Core;
using Sensorium.Core.Errors;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Media;
using Xunit;

namespace Sensorium.FunctionalTests;

[Collection(InOneProcess.Name)]
public sealed class GenerateInOneProcess(OneProcess deployment) : GenerateTests(deployment);

[Collection(InSixProcesses.Name)]
public sealed class GenerateInSixProcesses(SixProcesses deployment) : GenerateTests(deployment);

/// <summary>Conversations with a decoder that describes media and does not converse.</summary>
public abstract class GenerateTests(Deployment deployment) : DeploymentTests(deployment)
{
    private static V1.GenerationParameters Greedy => new() { Temperature = 0, NumBeams = 1 };

    [Fact]
    public async Task A_message_with_a_medium_is_answered_as_its_caption()
    {
        var caption = new V1.CaptionRequest { Media = { Data(Pictures.Jpeg(1)) }, Prompt = "a photo of", Parameters = Greedy };
        var chat = new V1.SensoriumServiceGenerateRequest
        {
            RequestId = "r-7",
            Messages = { User(new V1.ChatPart { Media = Data(Pictures.Jpeg(1)) }, Words("a photo of")) },
            Parameters = Greedy,
        };

        var events = await GenerateAsync(chat);

        Assert.Equal(V1.CaptionEvent.EventOneofCase.Started, events[0].EventCase);
        Assert.All(events, said => Assert.Equal("r-7", said.RequestId));
        Assert.Equal(await CaptionTextAsync(caption), events[^1].Finished.Text);
        Assert.Equal(events[^1].Finished.Text, string.Concat(events.Select(said => said.Delta?.Text)));
        Assert.True(events[^1].Finished.Usage.PromptTokens > events[^1].Finished.Usage.FusedTokens, "What is read of a conversation has media in it.");
    }

    [Fact]
    public async Task What_the_model_cannot_do_is_named()
    {
        var system = new V1.ChatMessage { Role = V1.ChatRole.System, Parts = { Words("Be brief.") } };
        var picture = User(new V1.ChatPart { Media = Data(Pictures.Jpeg(1)) });

        await ExpectFailureAsync(() => GenerateAsync(Request(system, picture)), StatusCode.FailedPrecondition, ErrorReasons.TaskMismatch, "sensorium-mini");
        await ExpectFailureAsync(() => GenerateAsync(Request(User(Words("hello")))), StatusCode.FailedPrecondition, ErrorReasons.TaskMismatch, "brings none");
        await ExpectFailureAsync(() => GenerateAsync(Request()), StatusCode.InvalidArgument, ErrorReasons.InvalidParameter, "messages");
        await ExpectFailureAsync(() => GenerateAsync(Request(new V1.ChatMessage { Parts = { Words("a") } })), StatusCode.InvalidArgument, ErrorReasons.InvalidParameter, "messages[0].role");
    }

    private static V1.SensoriumServiceGenerateRequest Request(params V1.ChatMessage[] messages) => new() { Messages = { messages }, Parameters = Greedy };

    private static V1.ChatMessage User(params V1.ChatPart[] parts) => new() { Role = V1.ChatRole.User, Parts = { parts } };

    private static V1.ChatPart Words(string text) => new() { Text = text };
}
