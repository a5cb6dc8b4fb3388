using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Sensorium.Bench.Reporting;

namespace Sensorium.Bench.Families;

/// <summary>Writes the table of a run into docs/families.md, between its markers.</summary>
internal static class FamilyPage
{
    public static bool IsReport(JsonNode report) => report["families"] is JsonObject;

    public static int Write(JsonNode report, string root)
    {
        MarkedPage.Write(Path.Combine(root, "docs/families.md"), MarkedPage.Table, Table(report));
        return 0;
    }

    private static string Table(JsonNode report)
    {
        var table = new StringBuilder();
        table.AppendLine(CultureInfo.InvariantCulture, $"{Facts.OfMachine(report["started"]!, report["machine"]!)}. {Facts.Of(report["protocol"]!)}.").AppendLine();
        table.AppendLine("| family | weights | kind | `max_diff` | `vs_node_1` | `vs_node_16` | `unload_kept_mb` | questions/s at 16 clients, by model: Sensorium, Node |");
        table.AppendLine("|---|---|---|---|---|---|---|---|");
        foreach (var (name, family) in report["families"]!.AsObject())
        {
            var rates = family!["models"]!.AsObject().Select(model => $"`{model.Key}` {Number(model.Value!["sensorium_16"])}, {Number(model.Value["node_16"])}");
            table.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {family["weights"]} | {family["kind"]} | {Number(family["max_diff"])} | {Number(family["vs_node_1"])} | {Number(family["vs_node_16"])} | {Number(family["unload_kept_mb"])} | {string.Join("; ", rates)} |");
        }

        foreach (var (model, reason) in report["left_out"]!.AsObject())
        {
            table.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"`{model}` is left out: {reason}.");
        }

        return table.ToString();
    }

    private static string Number(JsonNode? value) => ((double)value!).ToString("0.##E+0;-0.##E+0;0", CultureInfo.InvariantCulture) is var power && Math.Abs((double)value!) is > 0 and < 0.01
        ? power
        : ((double)value!).ToString("0.##", CultureInfo.InvariantCulture);
}
