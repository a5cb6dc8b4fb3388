using System.Text.Json.Nodes;
using Sensorium.Bench.Measuring;

namespace Sensorium.Bench.Reporting;

/// <summary>A run's JSON, by section, step and figure.</summary>
internal sealed class ReportReader(JsonNode report)
{
    public JsonNode this[string name] => report[name]!;

    public IEnumerable<JsonObject> Sections => report["sections"]!.AsArray().Select(section => section!.AsObject());

    public IEnumerable<JsonObject> Steps(string section) =>
        Sections.FirstOrDefault(candidate => (string)candidate["name"]! == section)?["steps"]!.AsArray().Select(step => step!.AsObject()) ?? [];

    /// <summary>One figure against clients, from all steps of the sections whose name is the prefix and a number.</summary>
    public IReadOnlyList<(double X, double Y)> Curve(string prefix, string figure, params string[] sections) =>
        [.. sections.SelectMany(Steps)
            .Where(step => ((string)step["step"]!) is var name && name.StartsWith(prefix, StringComparison.Ordinal) && int.TryParse(name.AsSpan(prefix.Length), out _))
            .Where(step => step[figure] is not null)
            .Select(step => ((double)step[Sample.Clients]!, (double)step[figure]!))
            .OrderBy(point => point.Item1)];
}
