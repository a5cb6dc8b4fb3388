using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sensorium.Bench.Load;
using Sensorium.Bench.Processes;
using Sensorium.Bench.Reporting;

namespace Sensorium.Bench.Faces;

/// <summary>One run over all faces, and its report.</summary>
internal static class FaceRun
{
    private static readonly int[] Clients = [1, 16];
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static async Task<int> ExecuteAsync(FaceOptions options)
    {
        var started = DateTimeOffset.UtcNow;
        Directory.CreateDirectory(Path.GetDirectoryName(options.LogFile)!);
        var (grpcPort, httpPort) = (Ports.Free(), Ports.Free());
        using var grpc = new GrpcFace($"http://127.0.0.1:{grpcPort}");
        using var http = new HttpFace($"http://127.0.0.1:{httpPort}");
        await using var server = ServerProcess.Start(options.ServerCores, options.LogFile, EnvironmentOf(grpcPort, httpPort), readOutput: false, "dotnet", options.GatewayAssembly);
        await server.WaitUntilReadyAsync(grpc.IsReadyAsync, TimeSpan.FromSeconds(120));
        var calls = FaceCalls.All(grpc, http, await File.ReadAllBytesAsync(options.Picture))
            .Where(call => call.IsReference || options.Only.Count == 0 || options.Only.Any(name => call.Face.StartsWith(name, StringComparison.OrdinalIgnoreCase)))
            .ToArray();
        foreach (var call in calls)
        {
            await FaceMeter.WarmAsync(call);
        }

        var meter = new FaceMeter(options, server.Id);
        var results = new List<FaceResult>();
        foreach (var clients in Clients)
        {
            results.AddRange(await meter.MeasureAsync(calls, clients));
        }

        Report(options, started, results);
        return results.Any(result => result.Failed > 0) ? 1 : 0;
    }

    private static Dictionary<string, string> EnvironmentOf(int grpcPort, int httpPort) => new()
    {
        ["Sensorium__Host__GrpcPort"] = grpcPort.ToString(CultureInfo.InvariantCulture),
        ["Sensorium__Host__HttpPort"] = httpPort.ToString(CultureInfo.InvariantCulture),
        ["Logging__LogLevel__Default"] = "Warning",
    };

    private static void Report(FaceOptions options, DateTimeOffset started, IReadOnlyList<FaceResult> results)
    {
        var ratios = new JsonObject([.. results.SelectMany(result => result.Ratios(results)).Select(ratio => KeyValuePair.Create<string, JsonNode?>(ratio.Key, Math.Round(ratio.Value, 3)))]);
        Console.WriteLine(ratios.ToJsonString(Indented));
        if (options.JsonFile is not { } file)
        {
            return;
        }

        var report = new JsonObject
        {
            ["started"] = started.ToString("O"),
            ["machine"] = Machine.Describe(),
            ["protocol"] = new JsonObject
            {
                ["server_cores"] = options.ServerCores.ToString(),
                ["rounds"] = options.Rounds,
                ["window_s"] = options.Window.TotalSeconds,
                ["warmup_s"] = options.Warmup.TotalSeconds,
            },
            ["ratios"] = ratios,
            ["faces"] = new JsonArray([.. results.Select(result => result.ToJson())]),
        };
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        File.WriteAllText(file, report.ToJsonString(Indented) + "\n");
    }
}
