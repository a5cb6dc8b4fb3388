using Sensorium.Core.Errors;
using Sensorium.Core.Generation;
using Sensorium.Core.Generation.Chat;
using Sensorium.Core.Media;
using Sensorium.Gateway.Operations;
using Sensorium.Gateway.Operations.Chat;
using Sensorium.Gateway.UnitTests.Fakes;
using Xunit;

namespace Sensorium.Gateway.UnitTests;

public sealed class GenerateOperationTests : IDisposable
{
    private readonly TestGateway _gateway = new();
    private readonly FakeGenerator _generator = new();

    public void Dispose() => _gateway.Dispose();

    [Fact]
    public async Task Media_are_counted_in_the_order_of_the_messages()
    {
        var events = await RunAsync(
            ChatInput.OfText(ChatRole.System, "Be brief."),
            new ChatInput(ChatRole.User, [Picture(7, "messages[1].parts[0].media"), new ChatInputText("What is this?"), Picture(8, "messages[1].parts[2].media")]),
            ChatInput.OfText(ChatRole.Assistant, "A dog."),
            new ChatInput(ChatRole.User, [new ChatInputText("And this?"), Picture(9, "messages[3].parts[1].media")]));

        Assert.Equal([typeof(CaptionStarted), typeof(CaptionDelta)], events.Select(said => said.GetType()));
        var job = Assert.Single(_generator.Jobs);
        Assert.Equal([7, 8, 9], job.Media.Select(item => (int)((InlineSource)item.Source).Data.Span[0]));
        Assert.Equal(
            [(ChatRole.System, ""), (ChatRole.User, "0 1"), (ChatRole.Assistant, ""), (ChatRole.User, "2")],
            job.Messages.Select(message => (message.Role, string.Join(' ', message.Parts.OfType<ChatMedium>().Select(medium => medium.Index)))));
        Assert.Equal(0, _gateway.Media.Open);
    }

    [Fact]
    public async Task Words_alone_need_no_media()
    {
        await RunAsync(ChatInput.OfText(ChatRole.User, "hello"));

        Assert.Empty(_generator.Jobs.Single().Media);
    }

    [Fact]
    public async Task A_medium_that_cannot_be_used_is_named_by_its_place_in_the_conversation()
    {
        var error = await Assert.ThrowsAsync<SensoriumException>(() => RunAsync(new ChatInput(ChatRole.User, [Picture(7, "messages[0].parts[0].media"), Picture(0xFF, "messages[0].parts[1].media")])));

        Assert.Equal((ErrorReasons.UnknownModality, "messages[0].parts[1].media"), (error.Reason, error.Field));
        Assert.Empty(_generator.Jobs);
        Assert.Equal(0, _gateway.Media.Open);
    }

    [Fact]
    public async Task Conversations_without_a_question_are_refused_by_the_field()
    {
        Assert.Equal("messages", await FaultOfAsync());
        Assert.Equal("messages[1].parts", await FaultOfAsync(ChatInput.OfText(ChatRole.User, "a"), new ChatInput(ChatRole.User, [])));
        Assert.Equal("messages[1].role", await FaultOfAsync(ChatInput.OfText(ChatRole.User, "a"), ChatInput.OfText(ChatRole.Assistant, "b")));
    }

    private async Task<string?> FaultOfAsync(params ChatInput[] messages) =>
        (await Assert.ThrowsAsync<SensoriumException>(() => RunAsync(messages))).Field;

    private static ChatInputMedium Picture(byte content, string field) => new(TestGateway.Picture(content, 0, field) with { Field = field });

    private async Task<List<CaptionEvent>> RunAsync(params ChatInput[] messages)
    {
        var events = new List<CaptionEvent>();
        var job = new CaptionJob("r", [], null, new GenerationParameters());
        await foreach (var said in new GenerateOperation(_gateway.Intake, _generator).RunAsync(messages, job, TestContext.Current.CancellationToken))
        {
            events.Add(said);
        }

        return events;
    }
}
