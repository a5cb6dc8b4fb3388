using Sensorium.Bench.Processes;

namespace Sensorium.Bench.Families;

/// <summary>What ./bench.sh families measures, where, and for how long.</summary>
internal sealed record FamilyOptions
{
    public required string Root { get; init; }

    public required CoreSet ServerCores { get; init; }

    /// <summary>Families, or models by their ids; empty means all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Load before every window.</summary>
    public TimeSpan Warmup { get; init; } = TimeSpan.FromSeconds(0.3);

    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(1);

    public string? JsonFile { get; init; }

    public int Threads => ServerCores.Cores.Count;

    /// <summary>models, media and questions, as tests/tiny-models writes them.</summary>
    public required string Work { get; init; }

    public string GatewayAssembly => Path.Combine(Root, "gateway/bin/Release/net10.0/Sensorium.Gateway.dll");

    public string Peer => Path.Combine(Root, "bench/families/peer.mjs");

    public string LogFile(string name) => Path.Combine(Work, $"{name}.log");

    public static FamilyOptions Parse(IReadOnlyList<string> arguments, string root)
    {
        var values = new Dictionary<string, string>();
        for (var i = 0; i + 1 < arguments.Count; i += 2)
        {
            values[arguments[i]] = arguments[i + 1];
        }

        string? Take(string name) => values.Remove(name, out var value) ? value : null;
        TimeSpan Seconds(string name, double standard) => TimeSpan.FromSeconds(Take(name) is { } text ? double.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : standard);
        var cores = Math.Max(2, File.ReadLines("/proc/cpuinfo").Count(line => line.StartsWith("processor", StringComparison.Ordinal)));
        var options = new FamilyOptions
        {
            Root = root,
            Work = Path.GetFullPath(Take("--work") ?? Path.Combine(root, "artifacts/bench/families")),
            ServerCores = new CoreSet(Take("--server-cores") ?? $"0-{(cores / 2) - 1}"),
            Only = Take("--only")?.Split(',') ?? [],
            Warmup = Seconds("--warmup", 0.3),
            Window = Seconds("--window", 1),
            JsonFile = Take("--json"),
        };
        return values.Count == 0 && arguments.Count % 2 == 0 ? options : throw new ArgumentException("Options are --json FILE, --only A,B, --window S, --warmup S, --server-cores LIST and --work DIR.");
    }
}
