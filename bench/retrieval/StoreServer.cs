using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Garnet;
using Sensorium.Client;

namespace Sensorium.Bench.Retrieval;

/// <summary>A gateway over one store, and the store's server where that is ours to run.</summary>
internal sealed class StoreServer : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _folder;
    private readonly Process _process;
    private readonly GarnetServer? _garnet;

    private StoreServer(DirectoryInfo folder, Process process, GarnetServer? garnet, StoreFacts facts, string address)
    {
        (_folder, _process, _garnet, Facts) = (folder, process, garnet, facts);
        Client = new SensoriumClient(address);
    }

    public SensoriumClient Client { get; }

    public StoreFacts Facts { get; }

    /// <summary>Memory of the gateway that is its own, not mapped files.</summary>
    public long GatewayBytes
    {
        get
        {
            var line = File.ReadLines($"/proc/{_process.Id}/status").Single(line => line.StartsWith("RssAnon:", StringComparison.Ordinal));
            return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
        }
    }

    public static string Needs(string store) => store switch
    {
        "postgres" => "--postgres, or SENSORIUM_POSTGRES: a server with pgvector",
        "redis" => "--redis, or SENSORIUM_REDIS8: a server with vector sets",
        _ => "to be embedded, redis, garnet or postgres",
    };

    /// <summary>Null if the store is not there.</summary>
    public static async Task<StoreServer?> StartAsync(string store, RetrievalOptions options)
    {
        var isThere = store switch
        {
            "embedded" or "garnet" => true,
            "redis" => options.Redis.Length > 0,
            "postgres" => options.Postgres.Length > 0,
            _ => false,
        };
        if (!isThere)
        {
            return null;
        }

        var folder = Directory.CreateTempSubdirectory("sensorium-retrieval-");
        var ports = Enumerable.Range(0, 3).Select(_ => FreePort()).ToArray();
        var garnet = store == "garnet" ? StartGarnet(ports[2], folder) : null;
        var start = new ProcessStartInfo("dotnet", [options.Gateway]) { RedirectStandardOutput = true, RedirectStandardError = true };
        var settings = start.Environment;
        settings["Sensorium__Host__GrpcPort"] = $"{ports[0]}";
        settings["Sensorium__Host__HttpPort"] = $"{ports[1]}";
        settings["Sensorium__Index__Store"] = store == "garnet" ? "redis" : store;
        settings["Sensorium__Index__Folder"] = Path.Combine(folder.FullName, "index");
        settings["Sensorium__Index__RedisConnection"] = (garnet is null ? options.Redis : $"127.0.0.1:{ports[2]}") + ",syncTimeout=60000,asyncTimeout=60000";
        settings["Sensorium__Index__PostgresConnection"] = options.Postgres;
        settings["Logging__LogLevel__Default"] = "Warning";
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var facts = await StoreFacts.OfAsync(store, folder.FullName, options);
        var server = new StoreServer(folder, process, garnet, facts, $"http://127.0.0.1:{ports[0]}");
        await server.WaitUntilReadyAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _garnet?.Dispose();
        _folder.Delete(recursive: true);
    }

    private static GarnetServer StartGarnet(int port, DirectoryInfo folder)
    {
        var garnet = new GarnetServer(
            ["--port", $"{port}", "--bind", "127.0.0.1", "--enable-vector-set-preview", "--memory", "2g", "--index", "128m", "--checkpointdir", folder.FullName, "-q"]);
        garnet.Start();
        return garnet;
    }

    private async Task WaitUntilReadyAsync()
    {
        using var timeout = new CancellationTokenSource(StartTimeout);
        while (true)
        {
            try
            {
                await Client.WaitUntilReadyAsync(timeout.Token);
                return;
            }
            catch (SensoriumCallException) when (!_process.HasExited && !timeout.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), CancellationToken.None);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
