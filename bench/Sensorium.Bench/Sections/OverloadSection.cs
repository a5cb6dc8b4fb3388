using Sensorium.Bench.Load;
using Sensorium.Bench.Measuring;
using Sensorium.V1;

namespace Sensorium.Bench.Sections;

/// <summary>
/// Twice as many pictures as Sensorium can embed, for a minute, in an open loop. Goodput is what was answered within that
/// minute; latency counts from the intended moment of sending.
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
                        "peak", [server.ProcessId], clients: 64,
                        client => server.EmbedAsync(client, CachePolicy.Unspecified, contestants.Small.Distinct()),
                        server.EncodedPicturesAsync);
                    peak = sample[Sample.PicturesPerSecond];
                    return sample;
                }),
                new Step("twice_the_peak", () => OverloadAsync(server, 2 * peak, seed++)),
            ],
            [
                new Ratio(
                    "overload_goodput",
                    round => round["twice_the_peak"][Sample.PicturesPerSecond] / round["peak"][Sample.PicturesPerSecond]),
                new Ratio(
                    "overload_refusals_resource_exhausted",
                    round => round["twice_the_peak"][Refusals] / Math.Max(1, round["twice_the_peak"][Sample.Errors])),
            ])
        {
            KeepsOrder = true,
            WarmsUp = false,
        };
    }

    private async Task<Sample> OverloadAsync(Contenders.SensoriumServer server, double rate, int seed)
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
        return new Sample("twice_the_peak", figures) { Void = observer.Void };
    }
}
