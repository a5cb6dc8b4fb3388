using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Sensorium.Bench.Reporting;

/// <summary>Writes the tables of a run of ./bench.sh retrieval into docs/search.md, and what they come to on paper for larger collections.</summary>
internal static class RetrievalPage
{
    private const double Mebi = 1 << 20;
    private const double Gibi = 1 << 30;

    private static readonly long[] Larger = [1_000_000, 10_000_000, 100_000_000];

    public static bool IsReport(JsonNode report) => report["curve"] is JsonArray;

    public static int Write(JsonNode report, string root)
    {
        MarkedPage.Write(Path.Combine(root, "docs/search.md"), MarkedPage.Tables, Tables(report));
        return 0;
    }

    private static string Tables(JsonNode report)
    {
        var page = new StringBuilder();
        page.AppendLine(CultureInfo.InvariantCulture, $"{Facts.OfMachine(report["started"]!, report["machine"]!)}. {report["queries"]} searches, {report["width"]} components.").AppendLine();
        page.AppendLine("| store | vectors | recall@10 | p50 ms | p99 ms | items/s in | gateway MiB | store MiB |").AppendLine("|---|---|---|---|---|---|---|---|");
        var stores = report["curve"]!.AsArray().Select(Row.Of).GroupBy(row => row.Store).ToArray();
        foreach (var row in stores.SelectMany(store => store))
        {
            page.AppendLine(CultureInfo.InvariantCulture, $"| {row.Store} | {row.Vectors:N0} | {row.Recall:0.000} | {row.Median:0.0} | {row.P99:0.0} | {row.PerSecond:0} | {row.GatewayBytes / Mebi:0} | {row.StoredBytes / Mebi:0} |");
        }

        page.AppendLine().AppendLine(string.Join("; ", stores.Select(store => $"`{store.Key}`: {store.First().Server}")) + ".");
        page.AppendLine().AppendLine("On paper, from the last two rows of each store:").AppendLine();
        page.AppendLine("| store | vectors | p50 ms | gateway GiB | store GiB | hours to fill |").AppendLine("|---|---|---|---|---|---|");
        foreach (var store in stores.Where(store => store.Count() > 1))
        {
            AppendEstimates(page, [.. store]);
        }

        return page.ToString();
    }

    private static void AppendEstimates(StringBuilder page, Row[] rows)
    {
        var (before, last) = (rows[^2], rows[^1]);
        foreach (var vectors in Larger.Where(vectors => vectors > last.Vectors))
        {
            // The embedded store compares everything, in the gateway; an index of neighbours grows with the logarithm, in its server.
            var isEmbedded = last.Store == "embedded";
            var slower = isEmbedded ? 1 : Math.Log(vectors) / Math.Log(last.Vectors);
            var median = isEmbedded ? On(vectors, row => row.Median) : last.Median * slower;
            var gateway = isEmbedded ? On(vectors, row => row.GatewayBytes) : last.GatewayBytes;
            var hours = vectors / last.PerSecond * slower / 3600;
            page.AppendLine(CultureInfo.InvariantCulture, $"| {last.Store} | {vectors:N0} | {median:N0} | {gateway / Gibi:N1} | {On(vectors, row => row.StoredBytes) / Gibi:N1} | {hours:N1} |");
        }

        double? On(long vectors, Func<Row, double?> value) =>
            value(last) + (Math.Max(0, (value(last) - value(before)) / (last.Vectors - before.Vectors) ?? 0) * (vectors - last.Vectors));
    }

    private sealed record Row(string Store, string Server, long Vectors, double Recall, double Median, double P99, double PerSecond, double GatewayBytes, double? StoredBytes)
    {
        public static Row Of(JsonNode? row) => new(
            (string)row!["store"]!,
            (string)row["server"]!,
            (long)row["vectors"]!,
            (double)row["recall10"]!,
            (double)row["p50_ms"]!,
            (double)row["p99_ms"]!,
            (double)row["index_per_s"]!,
            (double)row["gateway_bytes"]!,
            (double?)row["stored_bytes"]);
    }
}
