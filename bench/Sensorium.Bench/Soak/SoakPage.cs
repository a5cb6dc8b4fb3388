using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Sensorium.Bench.Reporting;

namespace Sensorium.Bench.Soak;

/// <summary>Writes the tables of a run into docs/reliability.md, between its markers.</summary>
internal static class SoakPage
{
    public static bool IsReport(JsonNode report) => report["soak"] is JsonArray;

    public static int Write(JsonNode report, string root)
    {
        MarkedPage.Write(Path.Combine(root, "docs/reliability.md"), MarkedPage.Tables, Tables(report));
        return 0;
    }

    private static string Tables(JsonNode report)
    {
        var page = new StringBuilder();
        page.AppendLine(CultureInfo.InvariantCulture, $"Machine: {Facts.Of(report["machine"]!)}.");
        foreach (var section in report["soak"]!.AsArray())
        {
            page.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"### `{section!["name"]}`").AppendLine();
            page.AppendLine(CultureInfo.InvariantCulture, $"{section["protocol"]} Run on {((string)section["started"]!)[..10]}, {section["minutes"]} minutes.").AppendLine();
            AppendBounds(page, section["bounds"]!.AsArray());
            AppendRows(page, [.. section["rows"]!.AsArray().Select(row => row!.AsObject())]);
        }

        return page.ToString();
    }

    private static void AppendBounds(StringBuilder page, JsonArray bounds)
    {
        page.AppendLine("| what must hold | found | at most | met |").AppendLine("|---|---|---|---|");
        foreach (var bound in bounds)
        {
            page.AppendLine(CultureInfo.InvariantCulture, $"| {bound!["name"]} | {bound["value"]} | {bound["most"]} | {((bool)bound["met"]! ? "yes" : "**no**")} |");
        }
    }

    private static void AppendRows(StringBuilder page, IReadOnlyList<JsonObject> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var figures = rows.SelectMany(row => row.Select(figure => figure.Key)).Where(figure => figure != "name").Distinct().ToList();
        page.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"| | {string.Join(" | ", figures)} |");
        page.AppendLine(CultureInfo.InvariantCulture, $"|---|{string.Concat(figures.Select(_ => "---|"))}");
        foreach (var row in rows)
        {
            page.AppendLine(CultureInfo.InvariantCulture, $"| {row["name"]} | {string.Join(" | ", figures.Select(figure => row[figure]?.ToString() ?? ""))} |");
        }
    }
}
