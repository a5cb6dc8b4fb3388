using System.Globalization;
using System.Text.Json;

namespace Sensorium.Bench.Scale;

/// <summary>Pictures per second with one, two and three replicas, what adding and removing one costs, and the simulation of many.</summary>
internal static class ScaleCommand
{
    private const int Most = 3;

    // Callers who wait for one another's answers fill the queue of a new replica only little by little.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static async Task<int> RunAsync(string[] arguments, string root)
    {
        var options = arguments.Chunk(2).ToDictionary(pair => pair[0], pair => pair[^1]);
        var sleep = Number("--sleep", 100);
        var window = TimeSpan.FromSeconds(Number("--window", 10));
        var report = new ScaleReport(sleep, await MeasureAsync(root, sleep, Number("--callers", 48), window), [.. ScaleSimulation.RunAll()]);
        report.Print(Console.Out);
        if (options.GetValueOrDefault("--json") is { } file)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(report, Json));
        }

        return 0;

        int Number(string name, int standard) => options.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : standard;
    }

    private static async Task<Measured> MeasureAsync(string root, int sleep, int callers, TimeSpan window)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, "artifacts/bench")).FullName;
        var names = new NameService();
        var replicas = new List<(string Address, Processes.ServerProcess Process)>();
        ReplicaLoad? load = null;
        try
        {
            var steps = new List<MeasuredStep>();
            while (replicas.Count < Most)
            {
                var address = $"127.0.0.{11 + replicas.Count}";
                replicas.Add((address, await Replica.StartAsync(address, sleep, Path.Combine(folder, $"replica-{address}.log"))));
                names.Set(replicas.Select(replica => replica.Address));
                load ??= new ReplicaLoad(names, callers);
                var first = await load.UntilAnsweredByAsync(address);
                await Task.Delay(Settling);
                steps.Add(new MeasuredStep(replicas.Count, await load.RateAsync(window), first.TotalSeconds));
            }

            var failedBefore = load!.Failed;
            await RemoveLastAsync(names, replicas);
            return new Measured(steps, failedBefore, load.Failed - failedBefore, await load.RateAsync(window), load.Answered);
        }
        finally
        {
            if (load is not null)
            {
                await load.DisposeAsync();
            }

            foreach (var (_, process) in replicas)
            {
                await process.DisposeAsync();
            }
        }
    }

    // As a cluster does: the name forgets the pod, and it is asked to stop.
    private static async Task RemoveLastAsync(NameService names, List<(string Address, Processes.ServerProcess Process)> replicas)
    {
        var (_, process) = replicas[^1];
        replicas.RemoveAt(replicas.Count - 1);
        names.Set(replicas.Select(replica => replica.Address));
        await process.SignalAsync("TERM");
        await process.ExitedAsync();
    }
}
