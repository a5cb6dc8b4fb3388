using System.Text.Json.Nodes;

namespace Sensorium.Bench.Families;

/// <summary>What was found about one model. Rates are questions a second, the same for both.</summary>
internal sealed record FamilyResult(FamilyQuestion Question, bool IsDecoder, double MaxDifference)
{
    /// <summary>Sensorium's and the peer's rate by the number of clients.</summary>
    public IReadOnlyDictionary<int, (double Sensorium, double Node)> Rates { get; init; } = new Dictionary<int, (double, double)>();

    public double LoadedMegabytes { get; init; }

    public double KeptMegabytes { get; init; }

    public double Ratio(int clients) => Rates[clients].Sensorium / Rates[clients].Node;

    public JsonObject ToJson() => new()
    {
        ["task"] = Question.Task,
        ["max_diff"] = MaxDifference,
        ["sensorium_1"] = Rounded(Rates[1].Sensorium),
        ["node_1"] = Rounded(Rates[1].Node),
        ["sensorium_16"] = Rounded(Rates[FamilyServer.Clients].Sensorium),
        ["node_16"] = Rounded(Rates[FamilyServer.Clients].Node),
        ["loaded_mb"] = Rounded(LoadedMegabytes),
        ["unload_kept_mb"] = Rounded(KeptMegabytes),
    };

    /// <summary>A family is as good as the worst of its models.</summary>
    public static JsonObject OfFamily(IReadOnlyList<FamilyResult> models) => new()
    {
        ["max_diff"] = models.Max(model => model.MaxDifference),
        ["vs_node_1"] = Rounded(models.Min(model => model.Ratio(1))),
        ["vs_node_16"] = Rounded(models.Min(model => model.Ratio(FamilyServer.Clients))),
        ["unload_kept_mb"] = Rounded(models.Max(model => model.KeptMegabytes)),
        ["kind"] = models[0].IsDecoder ? "decoder" : "encoder",
        ["weights"] = models[0].Question.HasRealWeights ? "trained" : "random",
        ["models"] = new JsonObject([.. models.Select(model => KeyValuePair.Create<string, JsonNode?>(model.Question.Model, model.ToJson()))]),
    };

    private static double Rounded(double value) => Math.Round(value, 2);
}
