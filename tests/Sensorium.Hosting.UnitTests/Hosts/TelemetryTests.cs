using System.Diagnostics;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Hosting.Grpc.Clients;
using Xunit;

namespace Sensorium.Hosting.UnitTests.Hosts;

public sealed class TelemetryTests
{
    [Fact]
    public async Task Calls_are_measured_by_method_and_status_in_buckets_that_tell_fast_ones_apart()
    {
        await using var host = await EncoderHost.StartAsync();
        await host.Client.EncodeAsync(Request());
        host.Encoder.Answer = (_, _) => throw SensoriumException.Overloaded("busy", TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<RpcException>(() => host.Client.EncodeAsync(Request()).ResponseAsync);

        var calls = await LinesAsync(host, "rpc_server_call_duration_seconds_bucket{", "rpc_method=\"sensorium.v1.EncoderService/Encode\"");

        Assert.Contains(calls, line => line.Contains("rpc_response_status_code=\"OK\"", StringComparison.Ordinal));
        Assert.Contains(calls, line => line.Contains("rpc_response_status_code=\"RESOURCE_EXHAUSTED\"", StringComparison.Ordinal));
        Assert.Contains(calls, line => line.Contains("le=\"0.001\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_method_that_there_is_not_makes_no_series_of_its_own()
    {
        await using var host = await EncoderHost.StartAsync();
        var method = new Method<byte[], byte[]>(MethodType.Unary, "made.Up", "Method", Bytes, Bytes);
        await Assert.ThrowsAsync<RpcException>(() => host.Channel.CreateCallInvoker().AsyncUnaryCall(method, null, default, []).ResponseAsync);

        Assert.NotEmpty(await LinesAsync(host, "rpc_server_call_duration_seconds_count{", "rpc_method=\"_OTHER\"", "rpc_response_status_code=\"UNIMPLEMENTED\""));
        Assert.Empty(await LinesAsync(host, "rpc_server_call_duration_seconds_count{", "made.Up"));
    }

    [Fact]
    public async Task A_trace_goes_on_from_the_gateway_into_the_service()
    {
        await using var host = await EncoderHost.StartAsync();
        var seen = new TaskCompletionSource<ActivityTraceId?>();
        host.Encoder.Answer = (item, _) =>
        {
            seen.TrySetResult(Activity.Current?.TraceId);
            return Task.FromResult(new EncodeOutcome(item.ItemId) { Encoded = Samples.Encoded() });
        };
        var (builder, _) = EncoderHost.CreateBuilder(new() { ["Sensorium:Services:Vision"] = host.Address });
        builder.Services.AddRemoteEncoder(Modality.Image);
        await using var services = ((IServiceCollection)builder.Services).BuildServiceProvider();
        using var request = new Activity("request").Start();

        await services.GetRequiredKeyedService<IEncoder>(Modality.Image).EncodeAsync(
            new EncodeBatch("r", [new MediaItem("a", new InlineSource(new byte[] { 1 }), Modality.Image)]), CancellationToken.None);

        Assert.Equal(request.TraceId, await seen.Task);
    }

    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(value => value, value => value);

    private static V1.EncodeRequest Request() =>
        new() { Items = { new V1.Media { ItemId = "a", Data = Google.Protobuf.ByteString.CopyFrom(1) } } };

    private static async Task<string[]> LinesAsync(EncoderHost host, string start, params string[] parts)
    {
        using var http = new HttpClient();
        var page = await http.GetStringAsync(new Uri($"{host.HttpAddress}/metrics"));
        return [.. page.Split('\n').Where(line => line.StartsWith(start, StringComparison.Ordinal) && parts.All(part => line.Contains(part, StringComparison.Ordinal)))];
    }
}
