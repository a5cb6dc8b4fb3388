using Sensorium.Bench.Contenders;
using Sensorium.Bench.Load;
using Sensorium.Bench.Measuring;
using Sensorium.Bench.Processes;
using Sensorium.V1;

namespace Sensorium.Bench.Sections;

/// <summary>
/// Resident memory over many mixed requests. The slope is fitted to what follows the first 5,000: until then caches,
/// pools and compiled code fill up.
/// </summary>
internal sealed class MemorySection(Contestants contestants)
{
    private const int Clients = 8;
    private const int SampleEvery = 100;

    private readonly List<(double Requests, double Kilobytes)> _points = [];
    private readonly Lock _lock = new();

    public async Task<Section> CreateAsync()
    {
        var server = await contestants.SensoriumForMemoryAsync();
        var mix = new RequestMix(contestants, server);
        return new Section(
            "memory",
            [new Step("mixed", () => RunAsync(server, mix))],
            [new Ratio("rss_slope_kb_per_1k", round => round["mixed"]["slope_kb_per_1k"])])
        {
            Rounds = 1,
            WarmsUp = false,
        };
    }

    private async Task<Sample> RunAsync(SensoriumServer server, RequestMix mix)
    {
        var observer = new Observer(contestants.Options, [server.ProcessId]);
        var result = new LoadResult();
        var sent = -1;
        observer.Open();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(Worker));
        observer.Close();
        result.Seconds = observer.Seconds;
        var figures = Meter.Figures(result, observer);
        var warmup = contestants.Options.MemoryRequests / 4;
        figures["requests"] = sent + 1 - Clients;
        for (var quarter = 1; quarter <= 4; quarter++)
        {
            figures[$"resident_mb_after_{quarter}_quarters"] = _points.Last(point => point.Requests <= quarter * warmup).Kilobytes / 1000;
        }

        figures["slope_kb_per_1k"] = 1000 * Statistics.Slope([.. _points.Where(point => point.Requests >= warmup)]);
        return new Sample("mixed", figures);

        async Task Worker(int client)
        {
            await Task.Yield();
            for (int number; (number = Interlocked.Increment(ref sent)) < contestants.Options.MemoryRequests;)
            {
                if (number % SampleEvery == 0)
                {
                    Record(number, ProcessTree.ResidentBytes([server.ProcessId]) / 1000.0);
                }

                result.Add(await mix.SendAsync(client, number), latencyMs: 0);
            }
        }
    }

    private void Record(int requests, double kilobytes)
    {
        lock (_lock)
        {
            _points.Add((requests, kilobytes));
        }
    }
}
