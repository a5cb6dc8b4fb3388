using Sensorium.Bench.Contenders;
using Sensorium.Bench.Load;
using Sensorium.Bench.Measuring;
using Sensorium.Bench.Processes;
using Sensorium.V1;

namespace Sensorium.Bench.Sections;

/// <summary>
/// Resident memory over many mixed requests. The embedding cache is bounded, and is filled to its bound before the first of
/// them. The slope is fitted to what follows the first quarter: until then pools and compiled code fill up. What is left are
/// collections that come sooner or later; the slope's standard error says how much of it they may be.
/// </summary>
internal sealed class MemorySection(Contestants contestants)
{
    private const int Clients = 8;
    private const int SampleEvery = 100;

    // Of the requests that the slope is fitted to.
    private const int Blocks = 10;

    // An entry may be left out by a hair, never by this much.
    private const double FullShare = 0.98;
    private const int MostToFill = 5_000;

    private readonly List<(double Requests, double Kilobytes)> _points = [];
    private readonly Lock _lock = new();

    public async Task<Section> CreateAsync()
    {
        var server = await contestants.SensoriumForMemoryAsync();
        await FillCacheAsync(server);
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
        figures["cache_mb"] = await server.CachedBytesAsync() / 1e6;
        var warmup = contestants.Options.MemoryRequests / 4;
        figures["requests"] = sent + 1 - Clients;
        for (var quarter = 1; quarter <= 4; quarter++)
        {
            figures[$"resident_mb_after_{quarter}_quarters"] = _points.Last(point => point.Requests <= quarter * warmup).Kilobytes / 1000;
        }

        var (slope, error) = Statistics.Trend([.. _points.Where(point => point.Requests >= warmup)], Blocks);
        figures["slope_kb_per_1k"] = 1000 * slope;
        figures["slope_error_kb_per_1k"] = 1000 * error;
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

                result.Add(await ClosedLoop.CallAsync(caller => mix.SendAsync(caller, number), client), latencyMs: 0);
            }
        }
    }

    // Captions keep the features of their pictures, which are by far the largest entries.
    private async Task FillCacheAsync(SensoriumServer server)
    {
        for (var sent = 0; await server.CachedBytesAsync() < FullShare * Contestants.MemoryCacheBytes; sent += Clients)
        {
            if (sent > MostToFill)
            {
                throw new InvalidOperationException($"The cache is not full after {sent} captions.");
            }

            await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => server.CaptionAsync(client, [contestants.Small.Distinct()], exactTokens: 1)));
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
