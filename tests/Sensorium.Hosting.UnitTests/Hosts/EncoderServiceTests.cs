using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Xunit;

namespace Sensorium.Hosting.UnitTests.Hosts;

public sealed class EncoderServiceTests
{
    private static readonly ByteString Bytes = ByteString.CopyFrom(1, 2, 3);

    [Fact]
    public async Task One_bad_item_does_not_fail_its_batch()
    {
        await using var host = await EncoderHost.StartAsync();
        var request = new V1.EncodeRequest { Items = { new V1.Media { Data = Bytes }, new V1.Media(), new V1.Media { ItemId = "c", Data = Bytes } } };

        var response = await host.Client.EncodeAsync(request);

        Assert.Equal(["item-0", "item-1", "c"], response.Results.Select(result => result.ItemId));
        Assert.Equal([true, false, true], response.Results.Select(result => result.Encoded is not null));
        Assert.Equal((ErrorReasons.NoSource, "items[1].source"), (response.Results[1].Error.Reason, response.Results[1].Error.Metadata["field"]));
        Assert.Equal("rev", response.Model.Revision);
        Assert.Equal(32, response.RequestId.Length);
    }

    [Fact]
    public async Task Requests_that_are_wrong_as_a_whole_are_refused()
    {
        await using var host = await EncoderHost.StartAsync();

        await ExpectAsync(host, new V1.EncodeRequest(), StatusCode.InvalidArgument, ErrorReasons.NoMedia);
        var twice = new V1.EncodeRequest { Items = { new V1.Media { ItemId = "x", Data = Bytes }, new V1.Media { ItemId = "x", Data = Bytes } } };
        await ExpectAsync(host, twice, StatusCode.InvalidArgument, ErrorReasons.DuplicateItemId);
    }

    [Fact]
    public async Task Overload_tells_when_to_come_back()
    {
        await using var host = await EncoderHost.StartAsync();
        host.Encoder.Answer = (_, _) => throw SensoriumException.Overloaded("full", TimeSpan.FromSeconds(3));

        var status = await ExpectAsync(host, One(), StatusCode.ResourceExhausted, ErrorReasons.Overloaded);

        Assert.Equal(3, status.GetDetail<RetryInfo>()!.RetryDelay.Seconds);
    }

    [Fact]
    public async Task What_nobody_expected_is_internal_logged_and_not_shown()
    {
        await using var host = await EncoderHost.StartAsync();
        host.Encoder.Answer = (_, _) => throw new InvalidOperationException("the secret detail");

        var status = await ExpectAsync(host, One(), StatusCode.Internal, ErrorReasons.InternalFault);

        Assert.DoesNotContain("secret", status.Message, StringComparison.Ordinal);
        var logged = Assert.Single(host.Logs.GetSnapshot(), record => record.Level == LogLevel.Error);
        Assert.Equal("the secret detail", logged.Exception?.Message);
    }

    [Fact]
    public async Task A_deadline_is_a_deadline_and_stops_the_work()
    {
        await using var host = await EncoderHost.StartAsync();
        var stopped = new TaskCompletionSource();
        host.Encoder.Answer = async (_, cancellationToken) =>
        {
            cancellationToken.Register(stopped.SetResult);
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return null!;
        };

        var call = host.Client.EncodeAsync(One(), deadline: DateTime.UtcNow.AddMilliseconds(200));

        Assert.Equal(StatusCode.DeadlineExceeded, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync)).StatusCode);
        await stopped.Task;
    }

    [Fact]
    public async Task Messages_over_the_limit_and_unknown_methods_have_reasons_too()
    {
        await using var host = await EncoderHost.StartAsync(new() { ["Sensorium:Host:MaxReceiveBytes"] = "2000", ["Sensorium:Host:MaxInlineBytes"] = "1000" });

        var large = new V1.EncodeRequest { Items = { new V1.Media { Data = ByteString.CopyFrom(new byte[3000]) } } };
        var status = await ExpectAsync(host, large, StatusCode.ResourceExhausted, ErrorReasons.MessageTooLarge);
        Assert.Contains("Upload", status.Message, StringComparison.Ordinal);
        Assert.Null(status.GetDetail<RetryInfo>());

        var elsewhere = new V1.GenerationService.GenerationServiceClient(host.Channel);
        var unknown = await Assert.ThrowsAsync<RpcException>(() => elsewhere.DescribeGenerationAsync(new V1.DescribeGenerationRequest()).ResponseAsync);
        Assert.Equal((StatusCode.Unimplemented, ErrorReasons.UnknownMethod), (unknown.StatusCode, unknown.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason));

        Assert.Single((await host.Client.EncodeAsync(One())).Results);
    }

    [Fact]
    public async Task A_stream_answers_each_item_when_it_is_done()
    {
        await using var host = await EncoderHost.StartAsync();
        var slow = new TaskCompletionSource();
        host.Encoder.Answer = async (item, _) =>
        {
            if (item.ItemId == "slow")
            {
                await slow.Task;
            }

            return new EncodeOutcome(item.ItemId) { Encoded = Samples.Encoded() };
        };
        using var call = host.Client.EncodeStream();
        await call.RequestStream.WriteAsync(Item("slow", new V1.EncodeOptions { Outputs = { V1.Output.Features } }));
        await call.RequestStream.WriteAsync(Item("fast"));
        await call.RequestStream.CompleteAsync();

        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(("fast", "rev"), (call.ResponseStream.Current.Result.ItemId, call.ResponseStream.Current.Model.Revision));
        slow.SetResult();
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(("slow", null), (call.ResponseStream.Current.Result.ItemId, call.ResponseStream.Current.Model));
        Assert.False(await call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.All(host.Encoder.Batches, batch => Assert.True(batch.WithFeatures));
    }

    [Fact]
    public async Task A_stream_keeps_a_bounded_number_of_items_under_way()
    {
        await using var host = await EncoderHost.StartAsync(new() { ["Sensorium:Host:MaxStreamItems"] = "2" });
        var release = new TaskCompletionSource();
        var (underWay, most) = (0, 0);
        host.Encoder.Answer = async (item, _) =>
        {
            lock (release)
            {
                most = Math.Max(most, ++underWay);
                if (underWay == 2)
                {
                    release.TrySetResult();
                }
            }

            await release.Task;
            await Task.Yield();
            Interlocked.Decrement(ref underWay);
            return new EncodeOutcome(item.ItemId) { Encoded = Samples.Encoded() };
        };
        using var call = host.Client.EncodeStream();
        for (var i = 0; i < 20; i++)
        {
            await call.RequestStream.WriteAsync(Item($"{i}"));
        }

        await call.RequestStream.CompleteAsync();
        Assert.Equal(20, await call.ResponseStream.ReadAllAsync().CountAsync());
        Assert.Equal(2, most);
    }

    [Fact]
    public async Task An_overloaded_encoder_holds_a_stream_back_and_refuses_none_of_its_items()
    {
        await using var host = await EncoderHost.StartAsync();
        var refusals = 3;
        host.Encoder.Answer = (item, _) => Interlocked.Decrement(ref refusals) >= 0
            ? throw SensoriumException.Overloaded("busy", TimeSpan.FromMilliseconds(1))
            : Task.FromResult(new EncodeOutcome(item.ItemId) { Encoded = Samples.Encoded() });
        using var call = host.Client.EncodeStream();
        await call.RequestStream.WriteAsync(Item("a"));
        await call.RequestStream.WriteAsync(Item("b"));
        await call.RequestStream.CompleteAsync();

        var results = await call.ResponseStream.ReadAllAsync().Select(response => response.Result).ToArrayAsync();

        Assert.Equal(["a", "b"], results.Select(result => result.ItemId).Order());
        Assert.All(results, result => Assert.NotNull(result.Encoded));
        Assert.Equal(5, host.Encoder.Batches.Count);
    }

    private static V1.EncodeStreamRequest Item(string id, V1.EncodeOptions? options = null) =>
        new() { Item = new V1.Media { ItemId = id, Data = Bytes }, Options = options };

    private static V1.EncodeRequest One() => new() { Items = { new V1.Media { Data = Bytes } } };

    private static async Task<Google.Rpc.Status> ExpectAsync(EncoderHost host, V1.EncodeRequest request, StatusCode code, string reason)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(() => host.Client.EncodeAsync(request).ResponseAsync);
        var status = exception.GetRpcStatus()!;
        Assert.Equal((code, reason, "sensorium.dev"), (exception.StatusCode, status.GetDetail<ErrorInfo>()!.Reason, status.GetDetail<ErrorInfo>()!.Domain));
        return status;
    }
}
