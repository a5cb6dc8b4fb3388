using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sensorium.Hosting.Certificates;
using Sensorium.Hosting.Hosts.Http2;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Hosts;

/// <summary>Two endpoints, with TLS if a certificate is configured: gRPC over HTTP/2, then HTTP faces, health and metrics over HTTP/1.1.</summary>
internal sealed class KestrelSetup(
    IOptions<HostingOptions> options, HostCertificates certificates, TimeProvider time, ILogger<KestrelSetup> logger)
    : IConfigureOptions<KestrelServerOptions>
{
    public void Configure(KestrelServerOptions kestrel)
    {
        HostingOptions host;
        try
        {
            host = options.Value;
        }
        catch (OptionsValidationException)
        {
            // The server is made before options are validated, and would report these faults alone. The validation at start
            // reports them together with all others, and nothing is served until then.
            return;
        }

        kestrel.AddServerHeader = false;
        ConfigureLimits(kestrel.Limits, host);
        Listen(kestrel, host.Address, host.GrpcPort, endpoint => Configure(endpoint, HttpProtocols.Http2, certificates.OfCallers));

        // Whoever asks for health has no certificate.
        Listen(kestrel, host.Address, host.HttpPort, endpoint => Configure(endpoint, HttpProtocols.Http1, callers: null));
    }

    private void Configure(ListenOptions endpoint, HttpProtocols protocols, Authorities? callers)
    {
        endpoint.Protocols = protocols;
        if (certificates.Shown is { } shown)
        {
            var handshake = new ServerHandshake(shown, callers);
            endpoint.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(handshake.Options()) });
        }

        if (protocols == HttpProtocols.Http2)
        {
            endpoint.Use(next => new FloodGuard(next, time, logger).InvokeAsync);
        }
    }

    private static void ConfigureLimits(KestrelServerLimits limits, HostingOptions host)
    {
        limits.MaxConcurrentConnections = host.MaxConnections;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);

        // gRPC bounds messages itself, and a stream may rest for as long as its caller likes; see BodyMiddleware for the others.
        limits.MaxRequestBodySize = null;
        limits.MinRequestBodyDataRate = null;
        limits.MinResponseDataRate = null;
        limits.Http2.MaxStreamsPerConnection = host.MaxStreamsPerConnection;
        limits.Http2.InitialConnectionWindowSize = 8 << 20;
        limits.Http2.InitialStreamWindowSize = 2 << 20;
        // A caller whose machine vanished is noticed, and its work stopped.
        limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);
    }

    private static void Listen(KestrelServerOptions kestrel, string address, int port, Action<ListenOptions> configure)
    {
        if (address == "*")
        {
            kestrel.ListenAnyIP(port, configure);
        }
        else
        {
            kestrel.Listen(IPAddress.Parse(address), port, configure);
        }
    }
}
