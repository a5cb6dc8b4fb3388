namespace Sensorium.Bench.Soak;

/// <summary>What ./bench.sh soak does, how often, and for how long.</summary>
internal sealed record SoakOptions
{
    public required string Root { get; init; }

    /// <summary>Empty means all.</summary>
    public IReadOnlyList<string> Sections { get; init; } = [];

    /// <summary>How often each process is killed, and asked to stop.</summary>
    public int Kills { get; init; } = 10;

    /// <summary>Callers at a time while processes end.</summary>
    public int Streams { get; init; } = 50;

    /// <summary>Damaged media.</summary>
    public int Mutants { get; init; } = 10_000;

    public int Seed { get; init; } = 1;

    /// <summary>Slow readers, and callers that vanish.</summary>
    public int Clients { get; init; } = 200;

    /// <summary>Calls with each fault of Redis.</summary>
    public int RedisCalls { get; init; } = 300;

    /// <summary>Length of the mixed load.</summary>
    public TimeSpan Mixed { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Sections of earlier runs stay in it.</summary>
    public string? JsonFile { get; init; }

    public string WorkFolder => Path.Combine(Root, "artifacts/bench/soak");

    public static SoakOptions Parse(IReadOnlyList<string> arguments, string root)
    {
        var values = new OptionValues(arguments);
        var options = new SoakOptions
        {
            Root = root,
            Sections = values.TakeList("sections"),
            Kills = values.Take("kills", 10),
            Streams = values.Take("streams", 50),
            Mutants = values.Take("mutants", 10_000),
            Seed = values.Take("seed", 1),
            Clients = values.Take("clients", 200),
            RedisCalls = values.Take("redis-calls", 300),
            Mixed = TimeSpan.FromMinutes(values.Take("minutes", 30.0)),
            JsonFile = values.Take("json"),
        };
        values.RequireEmpty();
        return options;
    }
}
