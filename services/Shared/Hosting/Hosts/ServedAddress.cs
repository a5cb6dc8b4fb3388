using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Hosts;

/// <summary>Where other processes reach this one; known once the server listens.</summary>
public sealed class ServedAddress(IServer server, IOptions<HostingOptions> options)
{
    private string? _value;

    /// <summary>host:port of this process's gRPC.</summary>
    public string Value => _value ??= Find();

    private string Find()
    {
        if (options.Value.AdvertisedAddress.Length > 0)
        {
            return options.Value.AdvertisedAddress;
        }

        // Endpoints are listed in the order in which they were configured: gRPC is the first.
        var listening = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        var port = listening is null ? options.Value.GrpcPort : BindingPort(listening);
        var host = options.Value.Address;
        if (host == "*" || (IPAddress.TryParse(host, out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any))))
        {
            host = Dns.GetHostName();
        }

        return host.Contains(':', StringComparison.Ordinal) ? $"[{host}]:{port}" : $"{host}:{port}";
    }

    private static int BindingPort(string address) => int.Parse(address.AsSpan(address.LastIndexOf(':') + 1), provider: null);
}
