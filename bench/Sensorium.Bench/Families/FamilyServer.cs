using System.Globalization;
using Grpc.Core;
using Sensorium.Bench.Processes;
using Sensorium.V1;

namespace Sensorium.Bench.Families;

/// <summary>Sensorium in one process over the models of a run, none of which it loads before it is told to; nothing is cached.</summary>
internal sealed class FamilyServer : IAsyncDisposable
{
    public const int Clients = 16;

    private const double BytesPerMegabyte = 1e6;
    private const int Kibibyte = 1024;

    private readonly ServerProcess _process;

    private FamilyServer(ServerProcess process, int port)
    {
        _process = process;
        Callers = [.. Enumerable.Range(0, Clients).Select(_ => new FamilyClient($"http://127.0.0.1:{port}"))];
    }

    public IReadOnlyList<FamilyClient> Callers { get; }

    /// <summary>Memory of its own, without mapped files.</summary>
    public double Megabytes
    {
        get
        {
            var line = File.ReadLines($"/proc/{_process.Id}/status").Single(line => line.StartsWith("RssAnon:", StringComparison.Ordinal));
            return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * Kibibyte / BytesPerMegabyte;
        }
    }

    public static async Task<FamilyServer> StartAsync(FamilyOptions options, IEnumerable<string> models)
    {
        var port = Ports.Free();
        var environment = new Dictionary<string, string>
        {
            ["Sensorium__Host__GrpcPort"] = port.ToString(CultureInfo.InvariantCulture),
            ["Sensorium__Host__HttpPort"] = "0",
            ["Sensorium__Models__Folder"] = Path.Combine(options.Work, "models"),
            ["Sensorium__Cache__Enabled"] = "false",
            ["Sensorium__Onnx__Threads"] = options.Threads.ToString(CultureInfo.InvariantCulture),
            ["Sensorium__Generation__Model__Threads"] = options.Threads.ToString(CultureInfo.InvariantCulture),
            ["Logging__LogLevel__Default"] = "Warning",
        };
        // What so few clients ask of a slow machine at once is not overload.
        foreach (var service in (string[])["Text__Encoder", "Vision__Encoder", "Audio__Encoder", "Video__Encoder", "Generation"])
        {
            environment[$"Sensorium__{service}__MaxExpectedWait"] = "00:01:00";
        }

        foreach (var model in models)
        {
            environment[$"Sensorium__Models__Settings__{model}__LoadAtStart"] = "false";
        }

        var process = ServerProcess.Start(options.ServerCores, options.LogFile("sensorium"), environment, readOutput: false, "dotnet", options.GatewayAssembly);
        var server = new FamilyServer(process, port);
        await process.WaitUntilReadyAsync(server.IsReadyAsync, TimeSpan.FromSeconds(120));
        return server;
    }

    public async Task LoadAsync(string model)
    {
        using var call = Callers[0].Models.Load(new ModelServiceLoadRequest { Id = model });
        await foreach (var step in call.ResponseStream.ReadAllAsync())
        {
            if (step.Part.State == ModelState.Failed)
            {
                throw new InvalidOperationException($"{model}: {step.Part.Reason}");
            }
        }
    }

    public async Task UnloadAsync(string model)
    {
        using var call = Callers[0].Models.Unload(new ModelServiceUnloadRequest { Id = model });
        await foreach (var step in call.ResponseStream.ReadAllAsync())
        {
            // The end of the stream is the end of the model.
            _ = step;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var caller in Callers)
        {
            caller.Dispose();
        }

        await _process.DisposeAsync();
    }

    private async Task<bool> IsReadyAsync() =>
        (await Callers[0].Models.ListAsync(new ModelServiceListRequest(), deadline: DateTime.UtcNow.AddSeconds(5))).Models.Count > 0;
}
