using Sensorium.Bench.Load;
using Sensorium.Bench.Measuring;
using Sensorium.V1;

namespace Sensorium.Bench.Sections;

/// <summary>
/// Four fifths of as many pictures as Sensorium can embed, then twice as many, each for a minute in an open loop. Goodput is what
/// was answered within that minute; latency is that of what was answered, and counts from the intended moment of sending.
/// </summary>
internal sealed class OverloadSection(Contestants contestants)
{
    private const string Refusals = "refused_resource_exhausted";
    private const string OtherErrors = "other_errors";

    public async Task<Section> CreateAsync()
    {
        var server = await contestants.SensoriumAsync();
        var peak = 0.0;
        var seed = 0;
        return new Section(
            "overload",
            [
                new Step("peak", async () =>
                {
                    var sample = await contestants.Meter.ClosedLoopAsync(
                        "peak", [server.ProcessId], clients: 32,
                        client => server.EmbedAsync(client, CachePolicy.Unspecified, contestants.Small.Distinct()),
                        server.EncodedPicturesAsync);
                    peak = sample[Sample.PicturesPerSecond];
                    return sample;
                }),
                new Step("below_the_peak", () => OpenLoopAsync("below_the_peak", server, 0.8 * peak, seed++)),
                new Step("twice_the_peak", () => OpenLoopAsync("twice_the_peak", server, 2 * peak, seed++)),
            ],
            [
                new Ratio(
                    "overload_goodput",
                    round => round["twice_the_peak"][Sample.PicturesPerSecond] / round["peak"][Sample.PicturesPerSecond]),
                new Ratio(
                    "overload_refusals_resource_exhausted",
                    round => round["twice_the_peak"][Refusals] / Math.Max(1, round["twice_the_peak"][Sample.Errors])),
                new Ratio("overload_p50_vs_below", round => round["twice_the_peak"][Sample.LatencyP50] / round["below_the_peak"][Sample.LatencyP50]),
                new Ratio("overload_p99_vs_below", round => round["twice_the_peak"][Sample.LatencyP99] / round["below_the_peak"][Sample.LatencyP99]),
            ])
        {
            KeepsOrder = true,
            WarmsUp = false,
        };
    }

    private async Task<Sample> OpenLoopAsync(string step, Contenders.SensoriumServer server, double rate, int seed)
    {
        var observer = new Observer(contestants.Options, [server.ProcessId]);
        observer.Open();
        var result = await OpenLoop.RunAsync(
            number => server.EmbedAsync(number % Contenders.SensoriumServer.Connections, CachePolicy.Unspecified, contestants.Small.Distinct()),
            rate, contestants.Options.OverloadWindow, seed);
        observer.Close();
        var figures = Meter.Figures(result, observer);
        figures["offered_per_s"] = rate;
        figures[Refusals] = result.Errors.GetValueOrDefault("ResourceExhausted");
        figures[OtherErrors] = result.Failed - figures[Refusals];
        return new Sample(step, figures) { Void = observer.Void };
    }
}
