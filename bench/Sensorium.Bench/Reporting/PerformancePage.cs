using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Sensorium.Bench.Faces;
using Sensorium.Bench.Families;
using Sensorium.Bench.Measuring;
using Sensorium.Bench.Soak;

namespace Sensorium.Bench.Reporting;

/// <summary>Writes the tables of a run into docs/performance.md, between its markers, and the plot beside it.</summary>
internal static class PerformancePage
{
    // The others are in the JSON alone.
    private static readonly (string Title, string Figure)[] Columns =
    [
        ("calls/s", Sample.CallsPerSecond),
        ("pictures/s", Sample.PicturesPerSecond),
        ("tokens/s", Sample.TokensPerSecond),
        ("p50 ms", Sample.LatencyP50),
        ("p99 ms", Sample.LatencyP99),
        ("first token p50 ms", Sample.FirstTokenP50),
        ("CPU ms/item", Sample.CpuPerItem),
        ("resident MB", Sample.Resident),
    ];

    public static int Write(string json, string root)
    {
        var read = JsonNode.Parse(File.ReadAllText(json))!;
        if (FamilyPage.IsReport(read))
        {
            return FamilyPage.Write(read, root);
        }

        if (FacePage.IsReport(read))
        {
            return FacePage.Write(read, root);
        }

        if (SoakPage.IsReport(read))
        {
            return SoakPage.Write(read, root);
        }

        if (RetrievalPage.IsReport(read))
        {
            return RetrievalPage.Write(read, root);
        }

        var report = new ReportReader(read);
        MarkedPage.Write(Path.Combine(root, "docs/performance.md"), MarkedPage.Tables, Tables(report));
        File.WriteAllText(Path.Combine(root, "docs/performance.svg"), PerformancePlot.Draw(report));
        return 0;
    }

    private static string Tables(ReportReader report)
    {
        var page = new StringBuilder();
        page.AppendLine(CultureInfo.InvariantCulture, $"{Facts.OfMachine(report["started"], report["machine"])}.");
        page.AppendLine(CultureInfo.InvariantCulture, $"Protocol: {Facts.Of(report["protocol"])}.");
        page.AppendLine().AppendLine("| ratio | median | least … most | target | met | rounds | void windows | measured |").AppendLine("|---|---|---|---|---|---|---|---|");
        foreach (var (name, row) in report["ratio_rounds"].AsObject())
        {
            var met = row!["met"] is { } value ? (bool)value ? "yes" : "**no**" : "";
            page.AppendLine(CultureInfo.InvariantCulture, $"| `{name}` | {row["median"]} | {row["least"]} … {row["most"]} | {row["target"]} | {met} | {row["rounds"]} | {row["void_windows"]} | {DayOf(row)} |");
        }

        page.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"| section | step | {string.Join(" | ", Columns.Select(column => column.Title))} |");
        page.AppendLine(CultureInfo.InvariantCulture, $"|---|---|{string.Concat(Columns.Select(_ => "---|"))}");
        foreach (var section in report.Sections)
        {
            var name = (string)section["name"]!;
            foreach (var step in report.Steps(name))
            {
                page.AppendLine(CultureInfo.InvariantCulture, $"| `{name}` | {step["step"]} | {string.Join(" | ", Columns.Select(column => Cell(step[column.Figure])))} |");
            }
        }

        return page.ToString();
    }

    private static string DayOf(JsonNode row) => (string?)row["measured"] ?? "before";

    private static string Cell(JsonNode? value) =>
        value is null ? "" : ((double)value).ToString((double)value >= 100 ? "F0" : "0.###", CultureInfo.InvariantCulture);
}
