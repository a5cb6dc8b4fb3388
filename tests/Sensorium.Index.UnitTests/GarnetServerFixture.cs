using System.Net;
using System.Net.Sockets;
using Garnet;
using Xunit;

namespace Sensorium.Index.UnitTests;

/// <summary>A server that speaks Redis' protocol and has vector sets, in this process.</summary>
public sealed class GarnetServerFixture : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sensorium-garnet-");
    private GarnetServer? _server;

    public string Connection { get; private set; } = "";

    public ValueTask InitializeAsync()
    {
        var port = FreePort();
        Connection = $"127.0.0.1:{port}";
        _server = new GarnetServer(
            ["--port", $"{port}", "--bind", "127.0.0.1", "--enable-vector-set-preview", "--memory", "64m", "--index", "4m", "--checkpointdir", _folder.FullName, "-q"]);
        _server.Start();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _server?.Dispose();
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
