using Sensorium.Bench.Contenders;
using Sensorium.Bench.Measuring;
using Sensorium.Bench.Pictures;
using Sensorium.Core.Packs;
using Sensorium.V1;

namespace Sensorium.Bench.Sections;

/// <summary>Pictures per second, every picture of distinct content.</summary>
internal sealed class EmbeddingSections(Contestants contestants)
{
    private const int Batch = 16;
    private static readonly TimeSpan SweepWindow = TimeSpan.FromSeconds(1.5);

    /// <summary>Sensorium and the Node peer's two ways at 16 clients, and the ceiling.</summary>
    public async Task<Section> AtSixteenAsync(PictureSet pictures, string name, string suffix)
    {
        var node = await contestants.NodeAsync();
        return new Section(
            name,
            [
                await CeilingAsync(pictures),
                await SensoriumAsync(pictures, Batch),
                NodeConcurrent(node, pictures, Batch),
                NodeBatched(node, pictures),
            ],
            [
                new Ratio($"embed_vs_ceiling_16{suffix}", round => Rate(round, "sensorium_16") / Rate(round, "ceiling")),
                new Ratio(
                    $"embed_vs_node_16{suffix}",
                    round => Rate(round, "sensorium_16") / Math.Max(Rate(round, "node_16"), Rate(round, "node_batched_16"))),
            ]);
    }

    /// <summary>A variant beside single precision, of Sensorium and of the Node peer.</summary>
    public async Task<Section> OfVariantAsync(PictureSet pictures, string variant)
    {
        var (server, single, node) = (await contestants.SensoriumOfVariantAsync(variant), await contestants.SensoriumOfVariantAsync(ModelVariants.SinglePrecision), await contestants.NodeAsync(variant));
        return new Section(
            $"embed_{variant}",
            [
                Sensorium(single, $"sensorium_{ModelVariants.SinglePrecision}_{Batch}", pictures, Batch),
                Sensorium(server, $"sensorium_{variant}_{Batch}", pictures, Batch),
                NodeConcurrent(node, pictures, Batch),
                NodeBatched(node, pictures),
            ],
            [
                new Ratio(
                    $"embed_{variant}_vs_{ModelVariants.SinglePrecision}",
                    round => Rate(round, $"sensorium_{variant}_{Batch}") / Rate(round, $"sensorium_{ModelVariants.SinglePrecision}_{Batch}")),
                new Ratio(
                    $"embed_{variant}_vs_node_{variant}",
                    round => Rate(round, $"sensorium_{variant}_{Batch}") / Math.Max(Rate(round, "node_16"), Rate(round, "node_batched_16"))),
            ]);
    }

    /// <summary>The other concurrencies, for the tables and the plot.</summary>
    public async Task<Section> LevelsAsync(PictureSet pictures, string name)
    {
        var node = await contestants.NodeAsync();
        var steps = new List<Step>();
        foreach (var clients in (int[])[1, 4, 64])
        {
            steps.Add(await SensoriumAsync(pictures, clients));
            steps.Add(NodeConcurrent(node, pictures, clients));
        }

        return new Section(name, steps, []) { WarmsUp = false };
    }

    private static double Rate(IReadOnlyDictionary<string, Sample> round, string step) => round[step][Sample.PicturesPerSecond];

    private async Task<Step> SensoriumAsync(PictureSet pictures, int clients)
    {
        var server = await contestants.SensoriumAsync();
        return Sensorium(server, $"sensorium_{clients}", pictures, clients);
    }

    private Step Sensorium(SensoriumServer server, string name, PictureSet pictures, int clients) => new(name, () =>
        contestants.Meter.ClosedLoopAsync(
            name, [server.ProcessId], clients,
            client => server.EmbedAsync(client, CachePolicy.Unspecified, pictures.Distinct()),
            server.EncodedPicturesAsync));

    private Step NodeConcurrent(NodePeer node, PictureSet pictures, int clients) => new($"node_{clients}", () =>
        contestants.Meter.ClosedLoopAsync($"node_{clients}", [node.ProcessId], clients, _ => node.EmbedAsync(pictures.Distinct())));

    private Step NodeBatched(NodePeer node, PictureSet pictures) => new("node_batched_16", () =>
        contestants.Meter.ClosedLoopAsync(
            "node_batched_16", [node.ProcessId], clients: 1,
            _ => node.EmbedBatchAsync([.. Enumerable.Range(0, Batch).Select(_ => pictures.Distinct())])));

    /// <summary>Sweeps batch and threads once, before the rounds; the best setting then runs in every round.</summary>
    private async Task<Step> CeilingAsync(PictureSet pictures)
    {
        var files = contestants.FilesOf(pictures);
        var best = (Rate: 0.0, Batch: 0, Threads: 0);
        foreach (var threads in new[] { 1, contestants.Options.Threads, 2 * contestants.Options.Threads }.Distinct())
        {
            var loop = await contestants.BareAsync(threads);
            foreach (var batch in (int[])[1, 2, 4, 8, 16, 32])
            {
                var sample = await loop.RunAsync("sweep", "embed", files, batch, SweepWindow);
                var rate = sample[Sample.PicturesPerSecond];
                Console.WriteLine($"ceiling sweep: {pictures.Name}, batch {batch}, {threads} threads: {rate:F1} pictures/s");
                best = rate > best.Rate ? (rate, batch, threads) : best;
            }
        }

        var chosen = await contestants.BareAsync(best.Threads);
        return new Step("ceiling", () => chosen.RunAsync("ceiling", "embed", files, best.Batch, contestants.Options.Window));
    }
}
