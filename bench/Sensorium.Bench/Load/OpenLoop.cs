using System.Diagnostics;

namespace Sensorium.Bench.Load;

/// <summary>
/// Calls at random moments (a Poisson process) whether or not earlier ones are answered. Latency counts from the moment
/// that a call was meant to be sent, so that a stalled sender cannot hide a stalled server.
/// </summary>
internal static class OpenLoop
{
    /// <returns>Calls that were answered within the duration.</returns>
    public static async Task<LoadResult> RunAsync(
        Func<int, Task<CallOutcome>> call,
        double callsPerSecond,
        TimeSpan duration,
        int seed)
    {
        var result = new LoadResult();
        var random = new Random(seed);
        var pending = new List<Task>();
        var clock = Stopwatch.StartNew();
        var intended = TimeSpan.Zero;
        for (var number = 0; intended < duration; number++)
        {
            var wait = intended - clock.Elapsed;
            if (wait > TimeSpan.FromMilliseconds(1))
            {
                await Task.Delay(wait);
            }

            pending.Add(Send(number, intended));
            intended += TimeSpan.FromSeconds(-Math.Log(1 - random.NextDouble()) / callsPerSecond);
        }

        await Task.WhenAll(pending);
        result.Seconds = duration.TotalSeconds;
        return result;

        async Task Send(int number, TimeSpan due)
        {
            var outcome = await call(number);
            if (clock.Elapsed <= duration)
            {
                result.Add(outcome, (clock.Elapsed - due).TotalMilliseconds);
            }
        }
    }
}
