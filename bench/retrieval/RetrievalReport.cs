using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sensorium.Bench.Retrieval;

/// <summary>The largest collection of each store as flat keys, and the whole curve.</summary>
internal static class RetrievalReport
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static void Write(RetrievalOptions options, IReadOnlyList<StoreResult> results)
    {
        if (options.Json.Length == 0)
        {
            return;
        }

        var report = new JsonObject { ["width"] = options.Width, ["queries"] = options.Queries };
        foreach (var result in results)
        {
            var last = result.Steps[^1];
            report[$"recall10_{result.Store}"] = Math.Round(last.Recall, 4);
            report[$"p50_ms_{result.Store}"] = Math.Round(last.MedianMs, 2);
            report[$"p99_ms_{result.Store}"] = Math.Round(last.P99Ms, 2);
            report[$"index_per_s_{result.Store}"] = Math.Round(last.ItemsPerSecond, 1);
            report[$"gateway_bytes_{result.Store}"] = last.GatewayBytes;
        }

        report["curve"] = new JsonArray([.. results.SelectMany(result => result.Steps.Select(step => Row(result.Store, step)))]);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(options.Json))!);
        File.WriteAllText(options.Json, report.ToJsonString(Indented) + "\n");
    }

    private static JsonObject Row(string store, StepResult step) => new JsonObject
    {
        ["store"] = store,
        ["vectors"] = step.Size,
        ["recall10"] = Math.Round(step.Recall, 4),
        ["p50_ms"] = Math.Round(step.MedianMs, 2),
        ["p99_ms"] = Math.Round(step.P99Ms, 2),
        ["index_per_s"] = Math.Round(step.ItemsPerSecond, 1),
        ["gateway_bytes"] = step.GatewayBytes,
    };
}
