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
        var values = new OptionValues(arguments);
        var options = new FaceOptions
        {
            Root = root,
            ServerCores = new CoreSet(values.Take("server-cores") ?? OptionValues.FirstHalf),
            Picture = Path.GetFullPath(values.Take("picture") ?? Path.Combine(root, ".cache/samples/dandelion.jpg")),
            Only = values.TakeList("only"),
            Rounds = values.Take("rounds", 5),
            Warmup = values.TakeSeconds("warmup", 0.5),
            Window = values.TakeSeconds("window", 2),
            JsonFile = values.Take("json"),
        };
        values.RequireEmpty();
        return options;
    }
}
