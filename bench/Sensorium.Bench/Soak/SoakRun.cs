using System.Text.Json;
using System.Text.Json.Nodes;
using Sensorium.Bench.Reporting;
using Sensorium.Bench.Soak.Sections;

namespace Sensorium.Bench.Soak;

/// <summary>The sections asked for, one after the other, and their report.</summary>
internal static class SoakRun
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static readonly Dictionary<string, Func<SoakOptions, Task<SoakResult>>> Sections = new()
    {
        ["kill"] = KillSection.RunAsync,
        ["term"] = TermSection.RunAsync,
        ["redis"] = RedisSection.RunAsync,
        ["mutate"] = MutateSection.RunAsync,
        ["slow"] = SlowSection.RunAsync,
        ["mixed"] = MixedSection.RunAsync,
    };

    /// <returns>1 if a bound is not met.</returns>
    public static async Task<int> ExecuteAsync(SoakOptions options)
    {
        if (options.Sections.FirstOrDefault(name => !Sections.ContainsKey(name)) is { } unknown)
        {
            await Console.Error.WriteLineAsync($"'{unknown}' is none of {string.Join(", ", Sections.Keys)}");
            return 2;
        }

        Directory.CreateDirectory(options.WorkFolder);
        var met = true;
        foreach (var (name, run) in Sections.Where(section => options.Sections.Count == 0 || options.Sections.Contains(section.Key)))
        {
            var started = DateTimeOffset.UtcNow;
            var result = await run(options);
            result.Print(Console.Out);
            Write(options, result.ToJson(started), name);
            met &= result.IsMet;
        }

        return met ? 0 : 1;
    }

    // Sections take long, and may be run on different days; each says when.
    private static void Write(SoakOptions options, JsonObject section, string name)
    {
        if (options.JsonFile is not { } file)
        {
            return;
        }

        var earlier = File.Exists(file) ? JsonNode.Parse(File.ReadAllText(file))!["soak"]!.AsArray() : [];
        var kept = earlier.Where(other => (string)other!["name"]! != name).Select(other => other!.DeepClone()).Append(section);
        var order = Sections.Keys.ToList();
        var report = new JsonObject
        {
            ["machine"] = Machine.Describe(),
            ["soak"] = new JsonArray([.. kept.OrderBy(one => order.IndexOf((string)one["name"]!))]),
        };
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        File.WriteAllText(file, report.ToJsonString(Indented) + "\n");
    }
}
