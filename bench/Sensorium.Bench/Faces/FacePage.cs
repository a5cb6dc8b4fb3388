using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Sensorium.Bench.Reporting;

namespace Sensorium.Bench.Faces;

/// <summary>Writes the table of a run into docs/faces.md, between its markers.</summary>
internal static class FacePage
{
    public static bool IsReport(JsonNode report) => report["faces"] is JsonArray;

    public static int Write(JsonNode report, string root)
    {
        MarkedPage.Write(Path.Combine(root, "docs/faces.md"), MarkedPage.Table, Table(report));
        return 0;
    }

    private static string Table(JsonNode report)
    {
        var table = new StringBuilder();
        table.AppendLine(CultureInfo.InvariantCulture, $"{Facts.OfMachine(report["started"]!, report["machine"]!)}. {Facts.Of(report["protocol"]!)}.").AppendLine();
        table.AppendLine("| task | face | clients | CPU ms a call | p50 ms | first token ms | calls/s |").AppendLine("|---|---|---|---|---|---|---|");
        foreach (var face in report["faces"]!.AsArray())
        {
            table.AppendLine(CultureInfo.InvariantCulture, $"| {face!["task"]} | {face["face"]} | {face["clients"]} | {face["cpu_ms"]} | {face["p50_ms"]} | {face["first_token_ms"]} | {face["calls_s"]} |");
        }

        table.AppendLine().AppendLine("| ratio | value |").AppendLine("|---|---|");
        foreach (var (name, value) in report["ratios"]!.AsObject())
        {
            table.AppendLine(CultureInfo.InvariantCulture, $"| `{name}` | {value} |");
        }

        return table.ToString();
    }
}
