using System.Globalization;
using System.Text.Json.Nodes;

namespace Sensorium.Cli.Commands.Models;

/// <summary>What came of quantising, as text.</summary>
internal sealed class QuantizeReport(JsonNode answer)
{
    private readonly JsonObject[] _graphs = [.. answer["graphs"]!.AsArray().Select(graph => graph!.AsObject())];

    public int Written => _graphs.Count(IsWritten);

    public async Task WriteAsync(CliConsole console)
    {
        await console.Output.WriteLineAsync($"{answer["model"]}: calibrated on {answer["media"]} media");
        foreach (var graph in _graphs)
        {
            await console.Output.WriteLineAsync(IsWritten(graph)
                ? $"{graph["graph"]} ({graph["method"]}): {Size(graph, "bytes_before")} → {Size(graph, "bytes_after")}, {graph["products"]} products, {graph["target"]}"
                : $"{graph["graph"]} ({graph["method"]}): not written: {graph["problem"]}");
            foreach (var loss in graph["losses"]!.AsArray())
            {
                await console.Output.WriteLineAsync($"  {loss!["output"]}: cosine {Number(loss["mean"]!)} on average, {Number(loss["least"]!)} at worst, of {graph["runs"]} runs");
            }
        }

        foreach (var skipped in answer["skipped"]!.AsArray())
        {
            await console.Error.WriteLineAsync($"sensorium: not calibrated on {skipped}");
        }
    }

    private static bool IsWritten(JsonObject graph) => graph["problem"] is null;

    private static string Size(JsonObject graph, string name) => ModelWords.OfBytes(graph[name]!.GetValue<long>());

    private static string Number(JsonNode cosine) => cosine.GetValue<double>().ToString("0.0000", CultureInfo.InvariantCulture);
}
