using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sensorium.Gateway.Encoding;
using Sensorium.Gateway.Http.OpenAi;
using Sensorium.Gateway.Intake;
using Sensorium.Gateway.Operations;
using Sensorium.Hosting.Hosts;
using Sensorium.Hosting.Settings;

namespace Sensorium.Gateway.UnitTests.Fakes;

/// <summary>The faces over HTTP behind the policies of a real host, on a port of its own, with the encoders of <see cref="TestGateway"/>.</summary>
internal sealed class FaceHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private int _connections;

    private FaceHost(WebApplication app)
    {
        _app = app;
        Http = new HttpClient(new SocketsHttpHandler { ConnectCallback = ConnectAsync, MaxConnectionsPerServer = 1 });
        Http.BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ElementAt(1));
    }

    /// <summary>Makes one connection at a time.</summary>
    public HttpClient Http { get; }

    /// <summary>How many it has made.</summary>
    public int Connections => _connections;

    public static async Task<FaceHost> StartAsync(TestGateway gateway, params (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection([new("Sensorium:Host:GrpcPort", "0"), new("Sensorium:Host:HttpPort", "0")]);
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)));
        builder.Logging.ClearProviders();
        builder.AddSensoriumDefaults(ServiceProfile.Gateway);
        builder.Services.AddSingleton(gateway.Intake).AddSingleton(gateway.Embedder).AddSingleton(gateway.Directory);
        builder.Services.AddSingleton<EmbedOperation>();
        builder.Services.AddOpenAiFace();
        var app = builder.Build();
        app.MapSensoriumDefaults();
        app.MapOpenAiFace();
        await app.StartAsync();
        return new FaceHost(app);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _connections);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
