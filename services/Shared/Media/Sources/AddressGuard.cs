using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Sensorium.Core.Errors;

namespace Sensorium.Media.Sources;

/// <summary>
/// Opens connections to public addresses only. The address that is checked is the one that is connected to, so a name that
/// resolves differently the second time gains nothing.
/// </summary>
internal sealed class AddressGuard(IOptions<UriFetcherOptions> options)
{
    private readonly IPNetwork[] _allowed = [.. options.Value.AllowedPrivateNetworks.Select(Parse)];

    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = await Dns.GetHostAddressesAsync(host, cancellationToken);
        Check(host, addresses);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Throws URI_NOT_ALLOWED if any of the addresses is not public: names that mix are up to no good.</summary>
    public void Check(string host, IReadOnlyCollection<IPAddress> addresses)
    {
        foreach (var address in addresses)
        {
            if (!PublicAddress.Is(address) && !_allowed.Any(network => network.Contains(Plain(address))))
            {
                throw new SensoriumException(
                    ErrorCode.InvalidArgument, ErrorReasons.UriNotAllowed, $"'{host}' leads to {address}, which is not a public address.");
            }
        }
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static IPNetwork Parse(string network)
    {
        if (IPNetwork.TryParse(network, out var parsed))
        {
            return parsed;
        }

        var address = IPAddress.Parse(network);
        return new IPNetwork(address, address.GetAddressBytes().Length * 8);
    }
}
