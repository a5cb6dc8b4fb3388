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

    /// <summary>Load before the first model of each kind of question, so that what runs it is compiled for speed.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(5);

    public string? JsonFile { get; init; }

    public int Threads => ServerCores.Cores.Count;

    /// <summary>models, media and questions, as tests/tiny-models writes them.</summary>
    public required string Work { get; init; }

    public string GatewayAssembly => Path.Combine(Root, "gateway/bin/Release/net10.0/Sensorium.Gateway.dll");

    public string Peer => Path.Combine(Root, "bench/families/peer.mjs");

    public string LogFile(string name) => Path.Combine(Work, $"{name}.log");

    public static FamilyOptions Parse(IReadOnlyList<string> arguments, string root)
    {
        var values = new OptionValues(arguments);
        var options = new FamilyOptions
        {
            Root = root,
            Work = Path.GetFullPath(values.Take("work") ?? Path.Combine(root, "artifacts/bench/families")),
            ServerCores = new CoreSet(values.Take("server-cores") ?? OptionValues.FirstHalf),
            Only = values.TakeList("only"),
            Warmup = values.TakeSeconds("warmup", 0.3),
            Window = values.TakeSeconds("window", 1),
            Settle = values.TakeSeconds("settle", 5),
            JsonFile = values.Take("json"),
        };
        values.RequireEmpty();
        return options;
    }
}
