using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Grpc.Clients;

/// <summary>
/// Where media may be read from. A reference comes from the caller, so without this check a caller could make the services
/// connect to any address.
/// </summary>
internal sealed class TrustedHolders(IOptions<PeerOptions> options)
{
    /// <param name="holder">host:port.</param>
    /// <param name="cancellationToken">Ends the look-up of names.</param>
    public async Task<bool> IncludesAsync(string holder, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(options.Value.Gateway, UriKind.Absolute, out var gateway)
            || !HostPort.TryParse(holder, out var host, out var port)
            || port != gateway.Port)
        {
            return false;
        }

        return string.Equals(host, gateway.Host, StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address)
                && (await AddressesAsync(gateway.Host, cancellationToken)).Contains(address));
    }

    private static async Task<IPAddress[]> AddressesAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            return await Dns.GetHostAddressesAsync(host, cancellationToken);
        }
        catch (SocketException)
        {
            return [];
        }
    }
}
