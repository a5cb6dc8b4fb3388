using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sensorium.Bench.Retrieval;

/// <summary>The largest collection of each store as flat keys, and the whole curve. What a file says of stores that were not measured now stays.</summary>
internal static class RetrievalReport
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static void Write(RetrievalOptions options, IReadOnlyList<StoreResult> results)
    {
        if (options.Json.Length == 0)
        {
            return;
        }

        var report = Start(options);
        foreach (var result in results)
        {
            var last = result.Steps[^1];
            report[$"recall10_{result.Store}"] = Math.Round(last.Recall, 4);
            report[$"p50_ms_{result.Store}"] = Math.Round(last.MedianMs, 2);
            report[$"p99_ms_{result.Store}"] = Math.Round(last.P99Ms, 2);
            report[$"index_per_s_{result.Store}"] = Math.Round(last.ItemsPerSecond, 1);
            report[$"gateway_bytes_{result.Store}"] = last.GatewayBytes;
        }

        var measured = results.Select(result => result.Store).ToHashSet(StringComparer.Ordinal);
        var others = report["curve"]!.AsArray().Where(row => !measured.Contains((string)row!["store"]!)).Select(row => row!.DeepClone());
        report["curve"] = new JsonArray([.. others, .. results.SelectMany(result => result.Steps.Select(step => Row(result, step)))]);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(options.Json))!);
        File.WriteAllText(options.Json, report.ToJsonString(Indented) + "\n");
    }

    /// <summary>What is there already, if it was asked in the same way.</summary>
    private static JsonObject Start(RetrievalOptions options)
    {
        if (File.Exists(options.Json)
            && JsonNode.Parse(File.ReadAllText(options.Json)) is JsonObject there
            && (int?)there["width"] == options.Width
            && (int?)there["queries"] == options.Queries
            && there["curve"] is JsonArray)
        {
            return there;
        }

        return new JsonObject
        {
            ["started"] = DateTimeOffset.UtcNow.ToString("O"),
            ["machine"] = new JsonObject
            {
                ["processor"] = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim(),
                ["cores"] = Environment.ProcessorCount,
                ["memory_gb"] = Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9, 1),
                ["dotnet"] = RuntimeInformation.FrameworkDescription,
            },
            ["width"] = options.Width,
            ["queries"] = options.Queries,
            ["curve"] = new JsonArray(),
        };
    }

    private static JsonObject Row(StoreResult result, StepResult step) => new JsonObject
    {
        ["store"] = result.Store,
        ["server"] = result.Server,
        ["vectors"] = step.Size,
        ["recall10"] = Math.Round(step.Recall, 4),
        ["p50_ms"] = Math.Round(step.MedianMs, 2),
        ["p99_ms"] = Math.Round(step.P99Ms, 2),
        ["index_per_s"] = Math.Round(step.ItemsPerSecond, 1),
        ["gateway_bytes"] = step.GatewayBytes,
        ["stored_bytes"] = step.StoredBytes,
    };
}
