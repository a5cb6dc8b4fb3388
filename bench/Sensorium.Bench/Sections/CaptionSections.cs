using Sensorium.Bench.Contenders;
using Sensorium.Bench.Load;
using Sensorium.Bench.Measuring;

namespace Sensorium.Bench.Sections;

/// <summary>Captions: decoding alone, cold end to end, and the time to the first token.</summary>
internal sealed class CaptionSections(Contestants contestants)
{
    private const int Batch = 16;

    /// <summary>Tokens of one sequence where decoding alone is measured; the end token does not end it.</summary>
    private const int DecodeTokens = 24;

    /// <summary>Features are at hand: in Sensorium's cache, in the Node peer's memory, in the bare loop.</summary>
    public async Task<Section> DecodeAsync()
    {
        var node = await contestants.NodeAsync();
        var bare = await contestants.BareAsync(contestants.Options.Threads);
        var ids = new List<int>();
        foreach (var picture in contestants.Small.Pictures.Take(Batch))
        {
            ids.Add(await node.KeepFeaturesAsync(picture));
        }

        var files = contestants.FilesOf(contestants.Small);
        return new Section(
            "decode",
            [
                new Step("bare_16", () => bare.RunAsync("bare_16", "decode", files, Batch, contestants.Options.Window, DecodeTokens)),
                await SensoriumDecodeAsync(1),
                await SensoriumDecodeAsync(Batch),
                Node(node, "node_1", 1, client => node.DecodeAsync(ids[client], DecodeTokens)),
                Node(node, "node_16", Batch, client => node.DecodeAsync(ids[client], DecodeTokens)),
                Node(node, "node_batched_16", 1, _ => node.DecodeBatchAsync(ids, DecodeTokens)),
            ],
            [
                new Ratio("tokens_vs_single_16", round => Tokens(round, "sensorium_16") / Tokens(round, "sensorium_1")),
                new Ratio(
                    "tokens_vs_node_16",
                    round => Tokens(round, "sensorium_16") / Math.Max(Tokens(round, "node_16"), Tokens(round, "node_batched_16"))),
            ]);
    }

    public async Task<Section> ColdAsync()
    {
        var node = await contestants.NodeAsync();
        return new Section(
            "captions",
            [
                await SensoriumColdAsync(Batch),
                NodeCold(node, Batch),
                Node(node, "node_batched_16", 1, _ => node.CaptionBatchAsync(
                    [.. Enumerable.Range(0, Batch).Select(_ => contestants.Small.Distinct())])),
            ],
            [
                new Ratio(
                    "captions_vs_node_16",
                    round => Rate(round, "sensorium_16") / Math.Max(Rate(round, "node_16"), Rate(round, "node_batched_16"))),
            ]);
    }

    public async Task<Section> LevelsAsync()
    {
        var node = await contestants.NodeAsync();
        var steps = new List<Step>();
        foreach (var clients in (int[])[4, 64])
        {
            steps.Add(await SensoriumColdAsync(clients));
            steps.Add(NodeCold(node, clients));
            steps.Add(await SensoriumDecodeAsync(clients, "decode_"));
        }

        return new Section("captions_levels", steps, []) { WarmsUp = false };
    }

    /// <summary>One client: decode + preprocess + encode + first step done bare, against the stream's first token.</summary>
    public async Task<Section> FirstTokenAsync()
    {
        var node = await contestants.NodeAsync();
        var bare = await contestants.BareAsync(contestants.Options.Threads);
        return new Section(
            "first_token",
            [
                new Step("bare", () => bare.RunAsync("bare", "first-token", contestants.FilesOf(contestants.Small), batch: 1, contestants.Options.Window)),
                await SensoriumColdAsync(1),
                NodeCold(node, 1),
            ],
            [
                new Ratio("ttft_vs_bare_1", round => round["sensorium_1"][Sample.FirstTokenP50] / round["bare"][Sample.LatencyP50]),
                new Ratio("ttft_node_vs_bare_1", round => round["node_1"][Sample.FirstTokenP50] / round["bare"][Sample.LatencyP50]),
            ]);
    }

    private static double Rate(IReadOnlyDictionary<string, Sample> round, string step) => round[step][Sample.PicturesPerSecond];

    private static double Tokens(IReadOnlyDictionary<string, Sample> round, string step) => round[step][Sample.TokensPerSecond];

    private async Task<Step> SensoriumDecodeAsync(int clients, string prefix = "")
    {
        var server = await contestants.SensoriumAsync();
        var name = $"{prefix}sensorium_{clients}";
        return new Step(name, () => contestants.Meter.ClosedLoopAsync(
            name, [server.ProcessId], clients,
            client => server.CaptionAsync(client, [contestants.Small.Pictures[client]], DecodeTokens),
            server.EncodedPicturesAsync));
    }

    private async Task<Step> SensoriumColdAsync(int clients)
    {
        var server = await contestants.SensoriumAsync();
        var name = $"sensorium_{clients}";
        return new Step(name, () => contestants.Meter.ClosedLoopAsync(
            name, [server.ProcessId], clients,
            client => server.CaptionAsync(client, [contestants.Small.Distinct()]),
            server.EncodedPicturesAsync));
    }

    private Step NodeCold(NodePeer node, int clients) =>
        Node(node, $"node_{clients}", clients, _ => node.CaptionAsync(contestants.Small.Distinct()));

    private Step Node(NodePeer node, string name, int clients, Func<int, Task<CallOutcome>> call) =>
        new(name, () => contestants.Meter.ClosedLoopAsync(name, [node.ProcessId], clients, call));
}
