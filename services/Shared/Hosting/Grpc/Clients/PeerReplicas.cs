using Grpc.Core;
using Grpc.Net.Client.Balancer;
using Microsoft.Extensions.Options;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Grpc.Clients;

/// <summary>One process behind an address.</summary>
/// <param name="Authority">host:port.</param>
internal sealed record PeerReplica(string Authority, CallInvoker Calls);

/// <summary>All processes that are behind an address, for calls that are meant for each of them.</summary>
internal sealed class PeerReplicas(PeerChannels channels, IOptions<PeerOptions> options)
{
    /// <summary>At least one: where nothing can be resolved, calls to it say so.</summary>
    public async Task<IReadOnlyList<PeerReplica>> OfAsync(string address, CancellationToken cancellationToken)
    {
        var addresses = await AddressesAsync(address, cancellationToken);
        return addresses.Count < 2
            ? [new PeerReplica(PeerAddress.Parse(address).Authority, channels.Get(address))]
            : [.. addresses.Select(replica => new PeerReplica($"{replica.EndPoint.Host}:{replica.EndPoint.Port}", channels.Get(address, replica)))];
    }

    private async Task<IReadOnlyList<BalancerAddress>> AddressesAsync(string address, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(options.Value.DescribeTimeout);
        try
        {
            return await channels.ResolveAsync(address, timeout.Token);
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return [];
        }
    }
}
