using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.Extensions.Options;
using Sensorium.Hosting.Settings;
using HealthClient = Grpc.Health.V1.Health.HealthClient;

namespace Sensorium.Hosting.Grpc.Clients;

/// <summary>Asks other services for their health.</summary>
public sealed class PeerHealth
{
    private readonly PeerChannels _channels;
    private readonly PeerOptions _options;
    private readonly TimeProvider _time;

    internal PeerHealth(PeerChannels channels, IOptions<PeerOptions> options, TimeProvider time) =>
        (_channels, _options, _time) = (channels, options.Value, time);

    /// <summary>Null if the service serves, else why not.</summary>
    public async Task<string?> CheckAsync(string address, CancellationToken cancellationToken)
    {
        try
        {
            var client = new HealthClient(_channels.Get(address));
            var deadline = (_time.GetUtcNow() + _options.DescribeTimeout).UtcDateTime;
            var response = await client.CheckAsync(new HealthCheckRequest(), deadline: deadline, cancellationToken: cancellationToken);
            return response.Status == HealthCheckResponse.Types.ServingStatus.Serving ? null : "not ready";
        }
        catch (RpcException exception) when (!cancellationToken.IsCancellationRequested)
        {
            return $"does not answer: {exception.Status.Detail}";
        }
    }
}
