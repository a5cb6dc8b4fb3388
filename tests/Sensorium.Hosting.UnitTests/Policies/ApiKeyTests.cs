using System.Net;
using Google.Rpc;
using Sensorium.Core.Errors;
using Sensorium.Hosting.UnitTests.Hosts;
using Xunit;

namespace Sensorium.Hosting.UnitTests.Policies;

public sealed class ApiKeyTests
{
    private const string Key = "0123456789abcdef";
    private static readonly Dictionary<string, string?> WithKey = new() { ["Sensorium:Host:ApiKeys:0"] = Key };

    [Fact]
    public async Task The_body_of_a_caller_without_a_key_is_not_read()
    {
        await using var host = await EncoderHost.StartAsync(WithKey);

        // The body never ends; only a server that does not wait for it can answer.
        var response = await GrpcWire.PostAsync(host.Address, new EndlessContent()).WaitAsync(TimeSpan.FromSeconds(30));
        var status = GrpcWire.StatusOf(response);

        Assert.Equal((Code.Unauthenticated, ErrorReasons.Unauthenticated), ((Code)status.Code, status.GetDetail<ErrorInfo>()!.Reason));
    }

    [Fact]
    public async Task Metrics_ask_for_a_key_where_told_and_health_never_does()
    {
        await using var host = await EncoderHost.StartAsync(new(WithKey) { ["Sensorium:Host:MetricsNeedKey"] = "true" });
        using var http = new HttpClient { BaseAddress = new Uri(host.HttpAddress) };

        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(new Uri("/metrics", UriKind.Relative))).StatusCode);
        Assert.Equal("live", await http.GetStringAsync("/health/live"));
        http.DefaultRequestHeaders.Authorization = new("Bearer", Key);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("/metrics", UriKind.Relative))).StatusCode);
    }

    private sealed class EndlessContent : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await stream.FlushAsync(cancellationToken);
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
