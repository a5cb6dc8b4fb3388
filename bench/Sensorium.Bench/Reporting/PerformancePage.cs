using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Sensorium.Bench.Faces;
using Sensorium.Bench.Families;

namespace Sensorium.Bench.Reporting;

/// <summary>Writes the tables of a run into docs/performance.md, between its markers, and the plot beside it.</summary>
internal static class PerformancePage
{

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
        page.AppendLine().AppendLine("| ratio | median | least | most | target | met | rounds | void rounds | void windows |").AppendLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var (name, row) in report["ratio_rounds"].AsObject())
        {
            var met = row!["met"] is { } value ? (bool)value ? "yes" : "**no**" : "";
            page.AppendLine(CultureInfo.InvariantCulture, $"| `{name}` | {row["median"]} | {row["least"]} | {row["most"]} | {row["target"]} | {met} | {row["rounds"]} | {row["void_rounds"]} | {row["void_windows"]} |");
        }

        foreach (var section in report.Sections)
        {
            AppendSection(page, report, (string)section["name"]!, section);
        }

        return page.ToString();
    }

    private static void AppendSection(StringBuilder page, ReportReader report, string name, JsonObject section)
    {
        var steps = report.Steps(name).ToList();
        var figures = steps.SelectMany(step => step.Select(figure => figure.Key)).Where(figure => figure != "step").Distinct().ToList();
        page.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"### `{name}`").AppendLine();
        page.AppendLine(CultureInfo.InvariantCulture, $"{section["rounds"]} rounds; void: {section["void_rounds"]} rounds, {section["void_windows"]!.AsArray().Count} windows.").AppendLine();
        page.AppendLine(CultureInfo.InvariantCulture, $"| | {string.Join(" | ", steps.Select(step => step["step"]))} |");
        page.AppendLine(CultureInfo.InvariantCulture, $"|---|{string.Concat(steps.Select(_ => "---|"))}");
        foreach (var figure in figures)
        {
            page.AppendLine(CultureInfo.InvariantCulture, $"| {figure} | {string.Join(" | ", steps.Select(step => Cell(step[figure])))} |");
        }
    }

    private static string Cell(JsonNode? value) =>
        value is null ? "" : ((double)value).ToString((double)value >= 100 ? "F0" : "0.###", CultureInfo.InvariantCulture);
}
