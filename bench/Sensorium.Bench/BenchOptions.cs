using Sensorium.Bench.Processes;

namespace Sensorium.Bench;

/// <summary>What a run measures, where, and for how long.</summary>
internal sealed record BenchOptions
{
    public required string Root { get; init; }

    public required string Pack { get; init; }

    public required CoreSet ServerCores { get; init; }

    public required CoreSet LoadCores { get; init; }

    public IReadOnlyList<string> Sections { get; init; } = [];

    /// <summary>Steps to run of each section, as for a profiler; ratios are left out then. Empty means all.</summary>
    public IReadOnlyList<string> Steps { get; init; } = [];

    public int Rounds { get; init; } = 5;

    /// <summary>Rounds of one section that may be tried, void ones included, before its figures are given up.</summary>
    public int MaxRounds { get; init; } = 20;

    /// <summary>Load that every server gets when it has started.</summary>
    public TimeSpan StartWarmup { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Load before every window.</summary>
    public TimeSpan Warmup { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(4);

    public TimeSpan OverloadWindow { get; init; } = TimeSpan.FromSeconds(60);

    public int MemoryRequests { get; init; } = 20_000;

    /// <summary>A round is void if in any window others had either core set for more than this share while it was wanted.</summary>
    public double MaxDisturbedShare { get; init; } = 0.05;

    /// <summary>A round is void if the hypervisor took more than this share of either core set in any window.</summary>
    public double MaxStealShare { get; init; } = 0.02;

    /// <summary>Small pictures from this folder instead of made ones.</summary>
    public string? Photos { get; init; }

    public string? JsonFile { get; init; }

    public static string OwnAssembly => typeof(BenchOptions).Assembly.Location;

    /// <summary>Every contender computes with as many threads as there are server cores.</summary>
    public int Threads => ServerCores.Cores.Count;

    public string GatewayAssembly => Path.Combine(Root, "gateway/bin/Release/net10.0/Sensorium.Gateway.dll");

    public string NodeServer => Path.Combine(Root, "bench/peers/node/server.mjs");

    public string WorkFolder => Path.Combine(Root, "artifacts/bench");

    public string PictureFolder => Path.Combine(WorkFolder, "pictures");

    public string LogFile(string name) => Path.Combine(WorkFolder, $"{name}.log");

    public static BenchOptions Parse(IReadOnlyList<string> arguments, string root)
    {
        var values = new Dictionary<string, string>();
        for (var i = 0; i < arguments.Count; i += 2)
        {
            if (!arguments[i].StartsWith("--", StringComparison.Ordinal) || i + 1 == arguments.Count)
            {
                throw new ArgumentException($"'{arguments[i]}' is not an option with a value.");
            }

            values[arguments[i][2..]] = arguments[i + 1];
        }

        var options = FromValues(values, root);
        return values.Count == 0 ? options : throw new ArgumentException($"Unknown option: --{values.Keys.First()}.");
    }

    private static BenchOptions FromValues(Dictionary<string, string> values, string root)
    {
        string? Take(string name) => values.Remove(name, out var value) ? value : null;
        T Number<T>(string name, T standard)
            where T : IParsable<T> => Take(name) is { } text ? T.Parse(text, null) : standard;

        // Servers on the first half of the cores, the load generator on the others.
        var cores = Math.Max(2, File.ReadLines("/proc/cpuinfo").Count(line => line.StartsWith("processor", StringComparison.Ordinal)));
        return new BenchOptions
        {
            Root = root,
            Pack = Path.GetFullPath(Take("pack") ?? Path.Combine(root, "models/sensorium-mini")),
            ServerCores = new CoreSet(Take("server-cores") ?? $"0-{(cores / 2) - 1}"),
            LoadCores = new CoreSet(Take("load-cores") ?? $"{cores / 2}-{cores - 1}"),
            Sections = Take("sections")?.Split(',') ?? [],
            Steps = Take("steps")?.Split(',') ?? [],
            Rounds = Number("rounds", 5),
            MaxRounds = Number("max-rounds", 20),
            StartWarmup = TimeSpan.FromSeconds(Number("start-warmup", 15.0)),
            Warmup = TimeSpan.FromSeconds(Number("warmup", 1.0)),
            Window = TimeSpan.FromSeconds(Number("window", 4.0)),
            OverloadWindow = TimeSpan.FromSeconds(Number("overload-window", 60.0)),
            MemoryRequests = Number("memory-requests", 20_000),
            MaxDisturbedShare = Number("max-disturbed", 0.05),
            MaxStealShare = Number("max-steal", 0.02),
            Photos = Take("photos"),
            JsonFile = Take("json"),
        };
    }
}
