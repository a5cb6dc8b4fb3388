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

    /// <summary>Users who talk at the same time.</summary>
    public int Users { get; init; } = 8;

    public int Turns { get; init; } = 10;

    /// <summary>Pictures that each turn shows; all but one have been shown in the turn before.</summary>
    public int PicturesOfTurn { get; init; } = 5;

    /// <summary>Tokens of an answer.</summary>
    public int TokensOfTurn { get; init; } = 12;

    /// <summary>A round is void if in any window others had either core set for more than this share while it was wanted.</summary>
    public double MaxDisturbedShare { get; init; } = 0.05;

    /// <summary>A round is void if the hypervisor took more than this share of either core set in any window.</summary>
    public double MaxStealShare { get; init; } = 0.02;

    /// <summary>Small pictures from this folder instead of made ones.</summary>
    public string? Photos { get; init; }

    public string? JsonFile { get; init; }

    /// <summary>Sections that this run does not measure stay in the file as they are.</summary>
    public bool KeepsOthers { get; init; }

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
        var values = new OptionValues(arguments);
        var options = new BenchOptions
        {
            Root = root,
            Pack = Path.GetFullPath(values.Take("pack") ?? Path.Combine(root, "models/sensorium-mini")),
            ServerCores = new CoreSet(values.Take("server-cores") ?? OptionValues.FirstHalf),
            LoadCores = new CoreSet(values.Take("load-cores") ?? OptionValues.SecondHalf),
            Sections = values.TakeList("sections"),
            Steps = values.TakeList("steps"),
            Rounds = values.Take("rounds", 5),
            MaxRounds = values.Take("max-rounds", 20),
            StartWarmup = values.TakeSeconds("start-warmup", 15),
            Warmup = values.TakeSeconds("warmup", 1),
            Window = values.TakeSeconds("window", 4),
            OverloadWindow = values.TakeSeconds("overload-window", 60),
            MemoryRequests = values.Take("memory-requests", 20_000),
            Users = values.Take("users", 8),
            Turns = values.Take("turns", 10),
            PicturesOfTurn = values.Take("pictures-of-turn", 5),
            TokensOfTurn = values.Take("tokens-of-turn", 12),
            MaxDisturbedShare = values.Take("max-disturbed", 0.05),
            MaxStealShare = values.Take("max-steal", 0.02),
            Photos = values.Take("photos"),
            JsonFile = values.Take("json"),
            KeepsOthers = values.Take("keep-others", false),
        };
        values.RequireEmpty();
        return options;
    }
}
