using System.Diagnostics;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sensorium.Client;
using Xunit;

namespace Sensorium.Clients.UnitTests;

/// <summary>The client behind the interfaces of Microsoft.Extensions.AI.</summary>
public sealed class AbstractionsTests : GatewayFixture
{
    private static readonly DataContent Picture = new(new byte[] { 1, 2, 3 }, "image/png");

    [Fact]
    public async Task A_conversation_is_answered()
    {
        Gateway.OnGenerate = _ => [Said("a"), Said(" dog"), Finished()];
        using var client = new SensoriumClient(Address);
        var options = new ChatOptions { Temperature = 0.5f, TopP = 0.9f, TopK = 3, Seed = -1, MaxOutputTokens = 7, StopSequences = ["x"], Instructions = "Be brief.", ResponseFormat = ChatResponseFormat.Text };

        var answer = await client.AsChatClient("model@7").GetResponseAsync([new ChatMessage(ChatRole.User, [new TextContent("What?"), Picture])], options, TestEnd);

        Assert.Equal(("a dog", "teller", ChatFinishReason.Stop), (answer.Text, answer.ModelId, answer.FinishReason));
        Assert.Equal((7L, 2L, 9L), (answer.Usage!.InputTokenCount, answer.Usage.OutputTokenCount, answer.Usage.TotalTokenCount));
        var request = Assert.Single(Gateway.Generates);
        Assert.Equal(("model", "7"), (request.Model.Id, request.Model.Revision));
        Assert.Equal([V1.ChatRole.System, V1.ChatRole.User], request.Messages.Select(message => message.Role));
        Assert.Equal(("What?", "image/png"), (request.Messages[1].Parts[0].Text, request.Messages[1].Parts[1].Media.MediaType));
        Assert.Equal((0.5f, 0.9f, 3, ulong.MaxValue, 7), (request.Parameters.Temperature, request.Parameters.TopP, request.Parameters.TopK, request.Parameters.Seed, request.Parameters.MaxNewTokens));
    }

    [Fact]
    public async Task Decorators_cache_and_trace_an_answer()
    {
        Gateway.OnGenerate = _ => [Said("a dog"), Finished()];
        using var client = new SensoriumClient(Address);
        using var chat = client.AsChatClient().AsBuilder()
            .UseFunctionInvocation()
            .UseOpenTelemetry()
            .UseDistributedCache(NewCache())
            .Build();

        var first = await chat.GetResponseAsync("What?", cancellationToken: TestEnd);
        var second = await chat.GetResponseAsync("What?", cancellationToken: TestEnd);
        var streamed = await chat.GetStreamingResponseAsync("And?", cancellationToken: TestEnd).ToChatResponseAsync(TestEnd);

        Assert.Equal(("a dog", "a dog", "a dog"), (first.Text, second.Text, streamed.Text));
        Assert.Equal(2, Gateway.Generates.Count);
        Assert.Equal("sensorium", chat.GetService<ChatClientMetadata>()?.ProviderName);
    }

    [Fact]
    public async Task Decorators_cache_and_trace_vectors()
    {
        const string Source = "Sensorium.Clients.UnitTests.Vectors";
        Gateway.OnEmbed = request => new V1.EmbedResponse { Models = { new V1.ModelRef { Id = "model" } }, Results = { request.Items.Select(_ => Encoded(1, 0)) } };
        var traced = new List<Activity>();
        using var listener = new ActivityListener { ShouldListenTo = source => source.Name == Source, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData, ActivityStopped = traced.Add };
        ActivitySource.AddActivityListener(listener);
        using var client = new SensoriumClient(Address);
        using var generator = client.AsEmbeddingGenerator("model").AsBuilder().UseDistributedCache(NewCache()).UseOpenTelemetry(sourceName: Source).Build();

        var first = await generator.GenerateAsync(["a", "b"], cancellationToken: TestEnd);
        var second = await generator.GenerateAsync(["b", "a"], cancellationToken: TestEnd);

        Assert.Equal((2, 2), (first.Count, second.Count));
        Assert.Equal([1f, 0f], second[0].Vector.ToArray());
        Assert.Single(Gateway.Embeds);
        var span = Assert.Single(traced);
        Assert.Contains(span.TagObjects, tag => tag.Value is "sensorium");
    }

    [Fact]
    public async Task What_models_have_no_use_for_is_refused()
    {
        using var client = new SensoriumClient(Address);
        var chat = client.AsChatClient();
        ChatOptions[] options =
        [
            new() { Tools = [AIFunctionFactory.Create(() => 1)] },
            new() { ResponseFormat = ChatResponseFormat.Json },
            new() { FrequencyPenalty = 1 },
            new() { PresencePenalty = 1 },
            new() { ConversationId = "c" },
        ];

        foreach (var one in options)
        {
            await Assert.ThrowsAsync<NotSupportedException>(() => chat.GetResponseAsync("What?", one, TestEnd));
        }

        await Assert.ThrowsAsync<NotSupportedException>(() => chat.GetResponseAsync([new ChatMessage(ChatRole.Tool, "x")], cancellationToken: TestEnd));
        await Assert.ThrowsAsync<NotSupportedException>(() => chat.GetResponseAsync([new ChatMessage(ChatRole.User, [new FunctionCallContent("1", "f")])], cancellationToken: TestEnd));
        Assert.Empty(Gateway.Generates);
    }

    [Fact]
    public async Task Texts_and_media_are_embedded()
    {
        Gateway.OnEmbed = request => new V1.EmbedResponse { Models = { new V1.ModelRef { Id = "model" } }, Results = { request.Items.Select(_ => Encoded(1, 0)) } };
        using var client = new SensoriumClient(Address);

        var texts = await client.AsEmbeddingGenerator("model").GenerateAsync(["a", "b"], new EmbeddingGenerationOptions { Dimensions = 2 }, TestEnd);
        IEmbeddingGenerator<DataContent, Embedding<float>> pictures = client.AsContentEmbeddingGenerator();
        var shown = await pictures.GenerateAsync([Picture], cancellationToken: TestEnd);

        Assert.Equal((2, 6L, "model"), (texts.Count, texts.Usage!.InputTokenCount, texts[0].ModelId));
        Assert.Equal([1f, 0f], shown[0].Vector.ToArray());
        Assert.Equal((2, "model", "b"), (Gateway.Embeds[0].Dimensions, Gateway.Embeds[0].Options.Model.Id, Gateway.Embeds[0].Items[1].Text));
        Assert.Equal(("image/png", 3), (Gateway.Embeds[1].Items[0].MediaType, Gateway.Embeds[1].Items[0].Data.Length));
    }

    [Fact]
    public async Task An_item_that_fails_is_the_failure_of_its_call()
    {
        Gateway.OnEmbed = _ => new V1.EmbedResponse { Results = { new V1.EncodeResult { ItemId = "items[0]", Error = new V1.ErrorStatus { Code = 3, Reason = "UNDECODABLE_MEDIA", Message = "broken" } } } };
        using var client = new SensoriumClient(Address);

        var error = await Assert.ThrowsAsync<SensoriumCallException>(() => client.AsContentEmbeddingGenerator().GenerateAsync([Picture], cancellationToken: TestEnd));

        Assert.Equal(("UNDECODABLE_MEDIA", "items[0]: broken"), (error.Reason, error.Message));
    }

#pragma warning disable MEAI001 // The interface of speech may still change.
    [Theory]
    [InlineData(1_000, V1.Media.SourceOneofCase.Data)]
    [InlineData(2, V1.Media.SourceOneofCase.Ref)]
    public async Task Speech_is_written_down(int inlineLimit, V1.Media.SourceOneofCase source)
    {
        Gateway.OnTranscribe = _ =>
        [
            new V1.TranscriptEvent { Segment = new V1.TranscriptSegment { Text = "Hello.", Range = new V1.TimeRange { Start = new Duration(), End = new Duration { Seconds = 1 } } } },
            new V1.TranscriptEvent { Segment = new V1.TranscriptSegment { Text = "Bye.", Range = new V1.TimeRange { Start = new Duration { Seconds = 1 }, End = new Duration { Seconds = 2 } } } },
            new V1.TranscriptEvent { Finished = new V1.TranscriptFinished { Language = "de", Model = new V1.ModelRef { Id = "hearer" } } },
        ];
        using var client = new SensoriumClient(Address, new SensoriumClientOptions { InlineLimitBytes = inlineLimit });
        using var sound = new MemoryStream([1, 2, 3]);

        var text = await client.AsSpeechToTextClient("hearer").GetTextAsync(sound, new SpeechToTextOptions { SpeechLanguage = "de", TextLanguage = "en" }, TestEnd);

        Assert.Equal(("Hello. Bye.", "hearer", TimeSpan.FromSeconds(2)), (text.Text, text.ModelId, text.EndTime));
        var request = Assert.Single(Gateway.Transcribes);
        Assert.Equal((source, "de", V1.TranscriptionTask.Translate, "hearer"), (request.Media.SourceCase, request.Parameters.Language, request.Parameters.Task, request.Model.Id));
        await Assert.ThrowsAsync<NotSupportedException>(() => client.AsSpeechToTextClient().GetTextAsync(sound, new SpeechToTextOptions { TextLanguage = "fr" }, TestEnd));
    }

    [Fact]
    public async Task One_line_registers_all_of_them()
    {
        await using var services = new ServiceCollection().AddSensoriumClient(Address).BuildServiceProvider();

        Assert.Equal(new Uri(Address), services.GetRequiredService<IChatClient>().GetService<ChatClientMetadata>()!.ProviderUri);
        Assert.NotNull(services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>());
        Assert.NotNull(services.GetRequiredService<IEmbeddingGenerator<AIContent, Embedding<float>>>());
        Assert.Same(services.GetRequiredService<SensoriumClient>(), services.GetRequiredService<ISpeechToTextClient>().GetService<SensoriumClient>());
    }
#pragma warning restore MEAI001

    private static MemoryDistributedCache NewCache() => new(Options.Create(new MemoryDistributedCacheOptions()));

    private static V1.CaptionEvent Said(string text) => new() { RequestId = "r", Delta = new V1.Delta { Text = text } };

    private static V1.CaptionEvent Finished() => new()
    {
        RequestId = "r",
        Finished = new V1.Finished
        {
            Text = "a dog",
            Reason = V1.FinishReason.End,
            Model = new V1.ModelRef { Id = "teller" },
            Usage = new V1.GenerationUsage { PromptTokens = 7, FusedTokens = 5, GeneratedTokens = 2 },
        },
    };

    private static V1.EncodeResult Encoded(params float[] vector) => new()
    {
        Encoded = new V1.EncodedMedia
        {
            Embedding = new V1.Tensor { Dtype = V1.DataType.Float32, Shape = { vector.Length }, Data = Google.Protobuf.ByteString.CopyFrom(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(vector)) },
        },
        Usage = new V1.EncodeUsage { InputUnits = 3 },
    };
}
