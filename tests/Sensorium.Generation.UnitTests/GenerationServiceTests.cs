using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Sensorium.Core.Admission;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation;
using Sensorium.Core.Media;
using Xunit;

namespace Sensorium.Generation.UnitTests;

public sealed class GenerationServiceTests
{
    private static readonly CaptionEvent[] TwoChoices =
    [
        new CaptionStarted(0, [], []),
        new CaptionDelta(1, [7], "a dog", [-0.5f], []),
        new CaptionDelta(0, [8], "a cat", [-0.25f], []),
        Finished(0, "a cat"),
        Finished(1, "a dog"),
    ];

    [Fact]
    public async Task Events_come_in_order_numbered_and_under_the_id_of_the_request()
    {
        await using var host = await GenerationHost.StartAsync();
        host.Generator.Events = TwoChoices;

        var events = await GenerateAsync(host, new V1.GenerateRequest { RequestId = "r-7", Media = { Text("a") } });

        Assert.Equal(Enumerable.Range(0, TwoChoices.Length).Select(i => ("r-7", (long)i)), events.Select(next => (next.RequestId, next.Sequence)));
        Assert.Equal([0, 1, 0, 0, 1], events.Select(next => next.ChoiceIndex));
        Assert.Equal(["a dog", "a cat"], events.Where(next => next.Delta is not null).Select(next => next.Delta.Text));
        Assert.Equal(["a cat", "a dog"], events.Where(next => next.Finished is not null).Select(next => next.Finished.Text));
    }

    [Fact]
    public async Task A_request_without_an_id_gets_one()
    {
        await using var host = await GenerationHost.StartAsync();
        host.Generator.Events = TwoChoices;

        var events = await GenerateAsync(host, new V1.GenerateRequest { Media = { Text("a") } });

        var id = Assert.Single(events.Select(next => next.RequestId).Distinct());
        Assert.Equal(id, Assert.Single(host.Generator.Jobs).RequestId);
        Assert.Equal(32, id.Length);
    }

    [Fact]
    public async Task The_generator_is_asked_for_what_the_caller_asked_for()
    {
        await using var host = await GenerationHost.StartAsync();
        var deadline = DateTime.UtcNow.AddMinutes(5);
        var request = new V1.GenerateRequest
        {
            Media = { Text("first"), new V1.Media { ItemId = "second", Data = ByteString.CopyFrom(1, 2, 3) } },
            Prompt = "once",
            Parameters = new V1.GenerationParameters { Temperature = 0.5f, N = 2 },
            AllowPartial = true,
            Explain = true,
            CachePolicy = V1.CachePolicy.Bypass,
            Priority = V1.Priority.High,
        };

        await GenerateAsync(host, request, deadline);

        var job = Assert.Single(host.Generator.Jobs);
        Assert.Equal(["item-0", "second"], job.Media.Select(item => item.ItemId));
        Assert.Equal("first", Assert.IsType<TextSource>(job.Media[0].Source).Text);
        Assert.Equal(("once", 0.5f, 2), (job.Prompt, job.Parameters.Temperature, job.Parameters.Choices));
        Assert.Equal((true, true, CacheMode.Bypass, RequestPriority.High), (job.AllowPartial, job.Explain, job.Cache, job.Priority));
        Assert.Equal(deadline, job.Deadline!.Value.UtcDateTime, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_caller_without_a_deadline_has_none()
    {
        await using var host = await GenerationHost.StartAsync();

        await GenerateAsync(host, new V1.GenerateRequest { Media = { Text("a") } });

        Assert.Null(Assert.Single(host.Generator.Jobs).Deadline);
    }

    [Fact]
    public async Task A_request_that_is_wrong_never_reaches_the_generator()
    {
        await using var host = await GenerationHost.StartAsync(("Sensorium:Host:MaxItems", "2"), ("Sensorium:Host:MaxInlineBytes", "2000"));

        await ExpectAsync(host, new V1.GenerateRequest(), ErrorReasons.NoMedia, "media");
        await ExpectAsync(host, new V1.GenerateRequest { Media = { Text("a"), Text("b"), Text("c") } }, ErrorReasons.TooManyItems, "media");
        await ExpectAsync(host, new V1.GenerateRequest { Media = { Text("a"), new V1.Media() } }, ErrorReasons.NoSource, "media[1].source");
        var large = new V1.Media { Data = ByteString.CopyFrom(new byte[2001]) };
        await ExpectAsync(host, new V1.GenerateRequest { Media = { large } }, ErrorReasons.MediaTooLarge, "media[0].data");

        Assert.Empty(host.Generator.Jobs);
    }

    [Fact]
    public async Task A_failure_after_the_first_events_ends_the_stream_with_its_reason()
    {
        await using var host = await GenerationHost.StartAsync();
        host.Generator.Events = TwoChoices[..2];
        host.Generator.End = _ => throw SensoriumException.Overloaded("full", TimeSpan.FromSeconds(3));
        using var call = host.Client.Generate(new V1.GenerateRequest { Media = { Text("a") } });
        var received = new List<V1.CaptionEvent>();

        var failure = await Assert.ThrowsAsync<RpcException>(() => ReadAsync(call, received));

        Assert.Equal(2, received.Count);
        Assert.Equal(StatusCode.ResourceExhausted, failure.StatusCode);
        Assert.Equal(ErrorReasons.Overloaded, failure.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason);
        Assert.Equal(3, failure.GetRpcStatus()!.GetDetail<RetryInfo>()!.RetryDelay.Seconds);
    }

    [Fact]
    public async Task Cancelling_the_call_stops_the_generator()
    {
        await using var host = await GenerationHost.StartAsync();
        var stopped = new TaskCompletionSource();
        host.Generator.Events = TwoChoices[..1];
        host.Generator.End = async cancellationToken =>
        {
            await using var registration = cancellationToken.Register(stopped.SetResult);
            await Task.Delay(Timeout.Infinite, cancellationToken);
        };
        using (var call = host.Client.Generate(new V1.GenerateRequest { Media = { Text("a") } }))
        {
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        }

        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task The_description_says_what_the_decoder_was_trained_for()
    {
        await using var host = await GenerationHost.StartAsync();

        var response = await host.Client.DescribeGenerationAsync(new V1.DescribeGenerationRequest());

        Assert.Equal([[V1.Modality.Image], [V1.Modality.Video, V1.Modality.Audio]], response.Fusions.Select(fusion => fusion.Modalities.ToArray()));
        Assert.Equal((16, 64, 1024, 8, true), (response.MaxTrainedPromptTokens, response.MaxTokens, response.MaxFusedTokens, response.MaxBeams, response.Explains));
        Assert.Equal("rev", response.Model.Revision);
    }

    private static CaptionFinished Finished(int choice, string text) => new(
        choice, text, CaptionFinishReason.End, new GenerationUsage(0, 4, 1), new GenerationTiming(default, default, default, default), FakeGenerator.Model, 0, -1);

    private static V1.Media Text(string text) => new() { Text = text };

    private static async Task<List<V1.CaptionEvent>> GenerateAsync(GenerationHost host, V1.GenerateRequest request, DateTime? deadline = null)
    {
        using var call = host.Client.Generate(request, deadline: deadline);
        var events = new List<V1.CaptionEvent>();
        await ReadAsync(call, events);
        return events;
    }

    private static async Task ReadAsync(AsyncServerStreamingCall<V1.GenerateResponse> call, List<V1.CaptionEvent> events)
    {
        await foreach (var response in call.ResponseStream.ReadAllAsync())
        {
            events.Add(response.Event);
        }
    }

    private static async Task ExpectAsync(GenerationHost host, V1.GenerateRequest request, string reason, string field)
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() => GenerateAsync(host, request));
        var status = failure.GetRpcStatus()!;
        Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
        Assert.Equal((reason, field), (status.GetDetail<ErrorInfo>()!.Reason, status.GetDetail<BadRequest>()!.FieldViolations[0].Field));
    }
}
