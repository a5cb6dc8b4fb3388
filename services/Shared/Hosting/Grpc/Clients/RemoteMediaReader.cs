using System.Runtime.CompilerServices;
using Grpc.Net.Client.Balancer;
using Microsoft.Extensions.Options;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Grpc.Clients;

/// <summary>Reads media from the gateway replica that holds them.</summary>
internal sealed class RemoteMediaReader(PeerChannels channels, TrustedHolders holders, IOptions<PeerOptions> options) : IRemoteMediaReader
{
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        ReferenceSource source,
        long offset,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var holder = source.Holder ?? "";
        if (!await holders.IncludesAsync(holder, cancellationToken))
        {
            throw new SensoriumException(
                ErrorCode.PermissionDenied,
                ErrorReasons.InvalidReference,
                $"The reference names \"{holder}\" as its holder, which is not one of the gateway's replicas.");
        }

        var client = new V1.MediaService.MediaServiceClient(channels.Get(options.Value.Gateway, AddressOf(holder)));
        using var call = client.Read(
            new V1.ReadRequest { Sha256 = source.Sha256, Offset = offset, Owner = source.Owner ?? "" }, cancellationToken: cancellationToken);
        while (await call.ResponseStream.NextAsync($"media ({holder})", cancellationToken) is { } chunk)
        {
            yield return chunk.Data.Memory;
        }
    }

    // A replica shows the certificate of the name that it stands behind, not one of its own address.
    private static BalancerAddress AddressOf(string holder)
    {
        _ = HostPort.TryParse(holder, out var host, out var port);
        return new BalancerAddress(host!, port);
    }
}
