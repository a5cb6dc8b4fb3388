using System.Text.Json;
using System.Text.Json.Nodes;
using Sensorium.Bench.Load;
using Sensorium.Bench.Measuring;

namespace Sensorium.Bench.Reporting;

/// <summary>The run as JSON: a flat object of ratios, and all tables.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static void Write(BenchOptions options, DateTimeOffset started, IReadOnlyList<SectionResult> results)
    {
        if (options.JsonFile is not { } file)
        {
            return;
        }

        var day = started.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var others = options.KeepsOthers && File.Exists(file) ? JsonNode.Parse(File.ReadAllText(file))! : new JsonObject();
        var (ratios, spreads) = (Kept(others["ratios"]), Kept(others["ratio_rounds"]));
        foreach (var result in results)
        {
            foreach (var (name, values) in result.Ratios.Where(ratio => ratio.Value.Count > 0))
            {
                ratios[name] = Rounded(Statistics.Median(values));
                spreads[name] = Spread(name, values, result, day);
            }
        }

        var report = new JsonObject
        {
            ["started"] = started.ToString("O"),
            ["machine"] = Machine.Describe(),
            ["protocol"] = Protocol(options),
            ["ratios"] = ratios,
            ["ratio_rounds"] = spreads,
            ["sections"] = new JsonArray([
                .. (others["sections"]?.AsArray() ?? []).Where(section => results.All(result => result.Name != (string)section!["name"]!)).Select(section => section!.DeepClone()),
                .. results.Select(result => Section(result, day)),
            ]),
        };
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        File.WriteAllText(file, report.ToJsonString(Indented) + "\n");
    }

    private static JsonObject Kept(JsonNode? members) => members?.DeepClone().AsObject() ?? [];

    private static JsonObject Spread(string name, IReadOnlyList<double> values, SectionResult result, string day)
    {
        var target = Targets.Of(name);
        return new JsonObject
        {
            ["median"] = Rounded(Statistics.Median(values)),
            ["least"] = Rounded(values.Min()),
            ["most"] = Rounded(values.Max()),
            ["rounds"] = values.Count,
            ["void_rounds"] = result.VoidRounds,
            ["void_windows"] = result.VoidWindows.Count,
            ["target"] = target?.ToString(),
            ["met"] = target?.IsMet(Statistics.Median(values)),
            ["measured"] = day,
        };
    }

    private static JsonObject Protocol(BenchOptions options) => new()
    {
        ["server_cores"] = options.ServerCores.ToString(),
        ["load_cores"] = options.LoadCores.ToString(),
        ["threads"] = options.Threads,
        ["rounds"] = options.Rounds,
        ["start_warmup_s"] = options.StartWarmup.TotalSeconds,
        ["warmup_s"] = options.Warmup.TotalSeconds,
        ["window_s"] = options.Window.TotalSeconds,
        ["void_above_disturbed_share"] = options.MaxDisturbedShare,
        ["void_above_steal_share"] = options.MaxStealShare,
        ["pictures"] = options.Photos is null ? "made" : "photographs",
    };

    private static JsonObject Section(SectionResult result, string day) => new()
    {
        ["name"] = result.Name,
        ["measured"] = day,
        ["rounds"] = result.Rounds.Count,
        ["void_rounds"] = result.VoidRounds,
        ["void_windows"] = new JsonArray([.. result.VoidWindows.Select(reason => (JsonNode)reason)]),
        ["steps"] = new JsonArray([.. Steps(result)]),
    };

    private static IEnumerable<JsonNode> Steps(SectionResult result)
    {
        foreach (var step in result.Rounds.SelectMany(round => round.Keys).Distinct())
        {
            var samples = result.Rounds.Where(round => round.ContainsKey(step)).Select(round => round[step]).ToList();
            var row = new JsonObject { ["step"] = step };
            foreach (var figure in samples.SelectMany(sample => sample.Figures.Keys).Distinct())
            {
                row[figure] = Rounded(Statistics.Median([.. samples.Where(sample => sample.Figures.ContainsKey(figure)).Select(sample => sample[figure])]));
            }

            yield return row;
        }
    }

    private static JsonNode? Rounded(double value) => double.IsFinite(value) ? Math.Round(value, 4) : null;
}
