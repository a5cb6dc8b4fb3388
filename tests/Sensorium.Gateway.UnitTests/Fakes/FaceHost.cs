using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;
using Sensorium.Core.Diffusion;
using Sensorium.Core.Generation;
using Sensorium.Core.Generation.Speech;
using Sensorium.Core.Media;
using Sensorium.Core.Models.Running;
using Sensorium.Core.Tensors;
using Sensorium.Gateway.Http;
using Sensorium.Hosting.Hosts;
using Sensorium.Hosting.Settings;
using Sensorium.Index.Collections;
using Sensorium.Media;
using Sensorium.Media.Sniffing;
using Xunit;

namespace Sensorium.Gateway.UnitTests.Fakes;

/// <summary>The faces over HTTP behind the policies of a real host, on a port of its own, with the encoders of <see cref="TestGateway"/>.</summary>
internal sealed class FaceHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder;

    private int _connections;

    private FaceHost(WebApplication app, string folder)
    {
        (_app, _folder) = (app, folder);
        Http = new HttpClient(new SocketsHttpHandler { ConnectCallback = ConnectAsync, MaxConnectionsPerServer = 1 });
        Http.BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ElementAt(1));
    }

    /// <summary>Makes one connection at a time.</summary>
    public HttpClient Http { get; }

    /// <summary>Warnings and errors of the log.</summary>
    public required IReadOnlyCollection<string> Complaints { get; init; }

    /// <summary>How many it has made.</summary>
    public int Connections => _connections;

    /// <summary>All that is mapped.</summary>
    public IReadOnlyList<RouteEndpoint> Endpoints => [.. _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    /// <summary>All that agents can call.</summary>
    public IEnumerable<McpServerTool> Tools => _app.Services.GetServices<McpServerTool>();

    /// <summary>All that agents can read, beside each collection by its name.</summary>
    public IEnumerable<McpServerResource> Resources => _app.Services.GetServices<McpServerResource>();

    /// <summary>Empty at first.</summary>
    public ICollectionStore Collections => _app.Services.GetRequiredService<ICollectionStore>();

    public async Task<(int Status, string Body)> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await Http.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>What is answered, if nothing is wrong.</summary>
    public async Task<JsonElement> AskAsync(string path, string body)
    {
        var (status, answer) = await PostAsync(path, body);
        Assert.True(status == 200, answer);
        return JsonElement.Parse(answer);
    }

    public async Task<JsonElement> GetAsync(string path) =>
        JsonElement.Parse(await Http.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken));

    public static async Task<FaceHost> StartAsync(TestGateway gateway, params (string Name, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("sensorium-face-").FullName;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection([new("Sensorium:Host:GrpcPort", "0"), new("Sensorium:Host:HttpPort", "0"), new("Sensorium:Index:Folder", folder)]);
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)));
        var complaints = new Complaints();
        builder.Logging.ClearProviders().AddProvider(complaints);
        builder.AddSensoriumDefaults(ServiceProfile.Gateway);
        builder.Services.AddSingleton(gateway.Intake).AddSingleton(gateway.Embedder).AddSingleton(gateway.Directory);
        builder.Services.AddSingleton(gateway.Store).AddSingleton<IMediaResolver>(gateway.Media).AddSingleton<IMediaSniffer>(gateway.Media);
        builder.Services.AddSingleton<ICaptionGenerator>(gateway.Answerer).AddSingleton<ITranscriber>(gateway.Transcriber);
        builder.Services.AddSingleton<IImageGenerator>(gateway.Images);
        builder.Services.AddSingleton<IModelHost>(gateway.Models).AddSingleton<IGraphInference>(gateway.Graphs);
        builder.AddSensoriumMedia();
        GatewayApplication.AddOperations(builder.Services);
        builder.Services.AddHttpFaces();
        var app = builder.Build();
        app.MapSensoriumDefaults();
        app.MapHttpFaces();
        await app.StartAsync();
        return new FaceHost(app, folder) { Complaints = complaints.Said };
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
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
