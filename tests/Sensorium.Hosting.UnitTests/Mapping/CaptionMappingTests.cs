using Google.Protobuf;
using Sensorium.Core.Admission;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation;
using Sensorium.Core.Generation.Chat;
using Sensorium.Core.Generation.Regions;
using Sensorium.Core.Media;
using Sensorium.Hosting.Grpc.Mapping;
using Xunit;

namespace Sensorium.Hosting.UnitTests.Mapping;

public sealed class CaptionMappingTests
{
    [Fact]
    public void Zero_is_not_unset()
    {
        var unset = new V1.GenerationParameters().ToDomain();
        var zero = new V1.GenerationParameters { Temperature = 0, TopK = 0, Seed = 0 }.ToDomain();

        Assert.Equal(((float?)null, (int?)null, (ulong?)null), (unset.Temperature, unset.TopK, unset.Seed));
        Assert.Equal((0f, 0, 0UL), (zero.Temperature, zero.TopK, zero.Seed));
    }

    [Fact]
    public void A_job_survives_the_wire()
    {
        var parameters = new GenerationParameters
        {
            Temperature = 0.5f,
            TopP = 0.9f,
            TopK = 7,
            MaxNewTokens = 11,
            NumBeams = 3,
            LengthPenalty = 1.1f,
            RepetitionPenalty = 1.2f,
            Seed = 42,
            Stop = [".", "\n"],
            Choices = 2,
            ForcedTokenIds = [5, 4, 3],
        };
        var job = new CaptionJob(
            "r", [new MediaItem("t", new TextSource("x"), Modality.Text)], "a photo of", parameters, true, true, new ModelSelector(null, "rev"), CacheMode.Bypass, RequestPriority.Low);

        var request = V1.GenerateRequest.Parser.ParseFrom(job.ToProto().ToByteArray());
        var back = request.ToJob(request.RequestId, [.. request.Media.Select(media => media.ToDomain(media.ItemId))]);

        Assert.Equal(job.Media, back.Media);
        Assert.Equal(parameters.Stop, back.Parameters.Stop);
        Assert.Equal(parameters.ForcedTokenIds, back.Parameters.ForcedTokenIds);
        Assert.Equal(parameters with { Stop = back.Parameters.Stop, ForcedTokenIds = back.Parameters.ForcedTokenIds }, back.Parameters);
        Assert.Equal(job with { Media = back.Media, Parameters = back.Parameters }, back);
    }

    [Fact]
    public void A_conversation_survives_the_wire_with_its_media_in_their_places()
    {
        MediaItem[] media = [new MediaItem("a", new TextSource("x"), Modality.Text), new MediaItem("b", new TextSource("y"), Modality.Text)];
        ChatMessage[] messages =
        [
            new ChatMessage(ChatRole.System, [new ChatText("Be brief.")]),
            new ChatMessage(ChatRole.User, [new ChatMedium(0), new ChatText("What?"), new ChatMedium(1)]),
        ];
        var job = new CaptionJob("r", media, null, new GenerationParameters()) { Messages = messages };

        var request = V1.GenerateRequest.Parser.ParseFrom(job.ToProto().ToByteArray());
        var back = request.Messages.ToDomain("messages");

        Assert.Empty(request.Media);
        Assert.Equal(["a", "b"], ChatMapping.MediaOf(request.Messages).Select(medium => medium.ItemId));
        Assert.Equal(messages.Select(message => message.Role), back.Select(message => message.Role));
        Assert.Equal(messages.SelectMany(message => message.Parts), back.SelectMany(message => message.Parts));
    }

    [Theory]
    [InlineData("""{"messages": [{"parts": [{"text": "a"}]}]}""", "messages[0].role")]
    [InlineData("""{"messages": [{"role": 9, "parts": [{"text": "a"}]}]}""", "messages[0].role")]
    [InlineData("""{"messages": [{"role": 2, "parts": [{}]}]}""", "messages[0].parts[0]")]
    public void Messages_out_of_the_contract_are_refused_by_name(string json, string field)
    {
        var request = JsonParser.Default.Parse<V1.GenerateRequest>(json);

        Assert.Equal(field, Assert.Throws<SensoriumException>(() => request.Messages.ToDomain("messages")).Field);
    }

    [Theory]
    [InlineData("""{"cache_policy": 9}""", "cache_policy")]
    [InlineData("""{"priority": 4}""", "priority")]
    public void Requests_out_of_their_range_are_refused_by_name(string json, string field)
    {
        var request = JsonParser.Default.Parse<V1.CaptionRequest>(json).ToGenerate();

        Assert.Equal(field, Assert.Throws<SensoriumException>(() => request.ToJob("r", [])).Field);
    }

    [Fact]
    public void What_the_gateway_is_asked_for_is_what_it_asks_for()
    {
        var asked = new V1.CaptionRequest
        {
            RequestId = "r",
            Model = new V1.ModelSelector { Id = "pack" },
            Prompt = "a photo of",
            Parameters = new V1.GenerationParameters { Seed = 7 },
            AllowPartial = true,
            Explain = true,
            CachePolicy = V1.CachePolicy.Bypass,
            Priority = V1.Priority.Low,
        };

        var passed = asked.ToGenerate();
        passed.RequestId = asked.RequestId;

        // The two messages have the same fields under the same numbers, but for conversations, which the gateway takes in a request of their own.
        Assert.Equal(asked, V1.CaptionRequest.Parser.ParseFrom(passed.ToByteArray()));
        Assert.Equal(V1.CaptionRequest.Descriptor.Fields.InFieldNumberOrder().Select(field => (field.FieldNumber, field.Name)).Order(),
            V1.GenerateRequest.Descriptor.Fields.InFieldNumberOrder().Where(field => field.Name != "messages").Select(field => (field.FieldNumber, field.Name)).Order());
    }

    [Fact]
    public void Every_event_survives_the_wire()
    {
        var status = new CaptionMediaStatus(
            "a", Modality.Audio, MediaTrack.Audio, CacheStatus.Miss, 9, 4, 63, Samples.Model, new EncodeTiming { Inference = TimeSpan.FromMilliseconds(5), BatchSize = 2 });
        var started = (CaptionStarted)Transfer(new CaptionStarted(3, [status], [new MediaWarning("W", "m")]));
        var delta = (CaptionDelta)Transfer(new CaptionDelta(1, [5, 6], "ab", [-0.5f, -1f], [new TokenAttention([1f], [0.25f, 0.75f])]));
        var error = (CaptionMediaError)Transfer(new CaptionMediaError("b", SensoriumException.Invalid("R", "bad")));
        var finished = new CaptionFinished(
            1, "ab", CaptionFinishReason.Length, new GenerationUsage(1, 2, 3),
            new GenerationTiming(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(3), TimeSpan.FromMilliseconds(4)),
            Samples.Model, ulong.MaxValue, -1.5f);

        Assert.Equal((3, status), (started.QueuePosition, Assert.Single(started.Media)));
        Assert.Equal("W", Assert.Single(started.Warnings).Reason);
        Assert.Equal((1, "ab"), (delta.ChoiceIndex, delta.Text));
        Assert.Equal([5, 6], delta.TokenIds);
        Assert.Equal([-0.5f, -1f], delta.LogProbs);
        Assert.Equal([0.25f, 0.75f], Assert.Single(delta.Attention).TokenWeights);
        Assert.Equal(("b", "R", "bad"), (error.ItemId, error.Error.Reason, error.Error.Message));
        Assert.Equal(finished, Transfer(finished));
        var region = new AnswerRegion("cat", [new RegionCorner(0.25f, 0.5f), new RegionCorner(0.75f, 1)]);
        var moved = Assert.Single(((CaptionFinished)Transfer(finished with { Regions = [region] })).Regions);
        Assert.Equal(region.Label, moved.Label);
        Assert.Equal(region.Corners, moved.Corners);
    }

    private static CaptionEvent Transfer(CaptionEvent caption)
    {
        var message = V1.CaptionEvent.Parser.ParseFrom(caption.ToProto("r", 8).ToByteArray());
        Assert.Equal(("r", 8), (message.RequestId, message.Sequence));
        return message.ToDomain();
    }
}
