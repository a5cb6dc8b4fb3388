using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Sensorium.Hosting.Grpc.Clients;
using Xunit;
using HealthClient = Grpc.Health.V1.Health.HealthClient;

namespace Sensorium.Hosting.UnitTests.Balancing;

public sealed class BrokenConnectionTests
{
    private const long ProtocolError = 1;

    [Fact]
    public async Task A_connection_that_answers_no_ping_is_lost_and_no_internal_error()
    {
        using var handler = new BrokenConnectionHandler(new Unanswered());
        using var channel = GrpcChannel.ForAddress("http://replica.example", new GrpcChannelOptions { HttpHandler = handler });

        var error = await Assert.ThrowsAsync<RpcException>(() => new HealthClient(channel).CheckAsync(new HealthCheckRequest()).ResponseAsync);

        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        Assert.Contains("no answer to a ping", error.Status.Detail, StringComparison.Ordinal);
    }

    private sealed class Unanswered : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException(HttpRequestError.HttpProtocolError, "no answer to a ping", new HttpProtocolException(ProtocolError, "no answer to a ping", null));
    }
}
