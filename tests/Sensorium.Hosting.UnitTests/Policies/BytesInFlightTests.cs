using Google.Protobuf;
using Google.Rpc;
using Microsoft.Extensions.DependencyInjection;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Hosting.Policies.Bodies;
using Sensorium.Hosting.UnitTests.Hosts;
using Xunit;

namespace Sensorium.Hosting.UnitTests.Policies;

/// <summary>Requests that are in memory are bounded by what they unpack to, and not by what was sent.</summary>
public sealed class BytesInFlightTests
{
    private const int Message = 1 << 20;
    private const int Medium = 900_000;
    private const long Limit = 2_500_000;

    private static readonly byte[] Packed = GrpcWire.Frame(
        GrpcWire.Gzip(new V1.EncodeRequest { Items = { new V1.Media { Data = ByteString.CopyFrom(new byte[Medium]) } } }.ToByteArray()),
        compressed: true);

    [Fact]
    public async Task Ten_small_bodies_that_unpack_to_large_ones_stay_within_the_bound()
    {
        await using var host = await EncoderHost.StartAsync(Settings(Limit, Limit));
        var bytes = host.App.Services.GetRequiredService<BytesInFlight>();
        using var begun = new SemaphoreSlim(0);
        var end = new TaskCompletionSource();
        host.Encoder.Answer = async (item, _) =>
        {
            begun.Release();
            await end.Task;
            return new EncodeOutcome(item.ItemId) { Encoded = Samples.Encoded() };
        };

        Task<HttpResponseMessage>[] first = [PostAsync(host), PostAsync(host)];
        await begun.WaitAsync();
        await begun.WaitAsync();
        var others = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostAsync(host)));
        end.SetResult();
        var answered = await Task.WhenAll(first);
        await host.App.StopAsync();

        Assert.All(others, response => Assert.Equal((Code.ResourceExhausted, ErrorReasons.Overloaded, true), Refusal(response)));
        Assert.All(answered, response => Assert.Equal("0", response.TrailingHeaders.GetValues("grpc-status").Single()));
        Assert.True(Packed.Length * 10 < Medium, "What is sent is small.");
        Assert.InRange(bytes.Peak, 2L * Medium, Limit);
        Assert.Equal(0, bytes.Total);
    }

    [Fact]
    public async Task Bytes_that_were_sent_as_they_are_count_alike()
    {
        await using var host = await EncoderHost.StartAsync(Settings(Limit, Limit));
        var bytes = host.App.Services.GetRequiredService<BytesInFlight>();
        using var taken = new CallBytes(bytes, "another");
        taken.Take(Limit - Medium);
        var request = new V1.EncodeRequest { Items = { new V1.Media { Data = ByteString.CopyFrom(new byte[Medium]) } } };

        var response = await GrpcWire.PostAsync(host.Address, new ByteArrayContent(GrpcWire.Frame(request.ToByteArray())));

        Assert.Equal((Code.ResourceExhausted, ErrorReasons.Overloaded, true), Refusal(response));
    }

    [Fact]
    public async Task A_stream_counts_what_it_is_at_and_not_what_it_has_done()
    {
        await using var host = await EncoderHost.StartAsync(Settings(Limit, Limit));
        var bytes = host.App.Services.GetRequiredService<BytesInFlight>();
        using var stream = host.Client.EncodeStream();

        for (var i = 0; i < 10; i++)
        {
            await stream.RequestStream.WriteAsync(new V1.EncodeStreamRequest { Item = new V1.Media { ItemId = $"{i}", Data = ByteString.CopyFrom(new byte[Medium]) } });
            Assert.True(await stream.ResponseStream.MoveNext(CancellationToken.None));
        }

        await stream.RequestStream.CompleteAsync();
        Assert.False(await stream.ResponseStream.MoveNext(CancellationToken.None));
        Assert.InRange(bytes.Peak, Medium, Limit);
    }

    [Fact]
    public async Task One_caller_leaves_room_for_others()
    {
        await using var host = await EncoderHost.StartAsync(Settings(2 * Limit, Limit));
        var bytes = host.App.Services.GetRequiredService<BytesInFlight>();
        using var one = new CallBytes(bytes, "one");
        using var other = new CallBytes(bytes, "other");
        one.Take(Limit);

        var refused = Assert.Throws<SensoriumException>(() => one.Take(1));
        other.Take(Limit);

        Assert.True(refused.IsPassingOverload);
        Assert.Equal(2 * Limit, bytes.Total);
        one.KeepOnly(5);
        Assert.Equal(Limit + 5, bytes.Total);
    }

    private static Task<HttpResponseMessage> PostAsync(EncoderHost host) =>
        GrpcWire.PostAsync(host.Address, new ByteArrayContent(Packed), "gzip");

    private static (Code Code, string Reason, bool SaysWhen) Refusal(HttpResponseMessage response)
    {
        var status = GrpcWire.StatusOf(response);
        return ((Code)status.Code, status.GetDetail<ErrorInfo>()!.Reason, status.GetDetail<RetryInfo>() is not null);
    }

    private static Dictionary<string, string?> Settings(long limit, long ofCaller) => new()
    {
        ["Sensorium:Host:MaxReceiveBytes"] = $"{Message}",
        ["Sensorium:Host:MaxInlineBytes"] = $"{Message}",
        ["Sensorium:Host:MaxBytesInFlight"] = $"{limit}",
        ["Sensorium:Host:MaxBytesInFlightPerCaller"] = $"{ofCaller}",
    };
}
