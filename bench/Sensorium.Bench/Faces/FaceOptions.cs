using System.Globalization;
using Sensorium.Bench.Processes;

namespace Sensorium.Bench.Faces;

/// <summary>What ./bench.sh faces measures, where, and for how long.</summary>
internal sealed record FaceOptions
{
    public required string Root { get; init; }

    public required CoreSet ServerCores { get; init; }

    /// <summary>The picture that is captioned.</summary>
    public required string Picture { get; init; }

    /// <summary>Faces by the beginning of their names; empty means all. gRPC is measured with any.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    public int Rounds { get; init; } = 5;

    /// <summary>Load before every window.</summary>
    public TimeSpan Warmup { get; init; } = TimeSpan.FromSeconds(0.5);

    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(2);

    public string? JsonFile { get; init; }

    public string GatewayAssembly => Path.Combine(Root, "gateway/bin/Release/net10.0/Sensorium.Gateway.dll");

    public string LogFile => Path.Combine(Root, "artifacts/bench/faces.log");

    public static FaceOptions Parse(IReadOnlyList<string> arguments, string root)
    {
        var values = new Dictionary<string, string>();
        for (var i = 0; i + 1 < arguments.Count; i += 2)
        {
            values[arguments[i]] = arguments[i + 1];
        }

        string? Take(string name) => values.Remove(name, out var value) ? value : null;
        double Number(string name, double standard) => Take(name) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : standard;
        var cores = Math.Max(2, File.ReadLines("/proc/cpuinfo").Count(line => line.StartsWith("processor", StringComparison.Ordinal)));
        var options = new FaceOptions
        {
            Root = root,
            ServerCores = new CoreSet(Take("--server-cores") ?? $"0-{(cores / 2) - 1}"),
            Picture = Path.GetFullPath(Take("--picture") ?? Path.Combine(root, ".cache/samples/dandelion.jpg")),
            Only = Take("--only")?.Split(',') ?? [],
            Rounds = (int)Number("--rounds", 5),
            Warmup = TimeSpan.FromSeconds(Number("--warmup", 0.5)),
            Window = TimeSpan.FromSeconds(Number("--window", 2)),
            JsonFile = Take("--json"),
        };
        return values.Count == 0 && arguments.Count % 2 == 0
            ? options
            : throw new ArgumentException("Options are --json FILE, --only A,B, --rounds N, --window S, --warmup S, --server-cores LIST and --picture FILE.");
    }
}
