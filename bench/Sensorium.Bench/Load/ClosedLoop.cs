using System.Diagnostics;

namespace Sensorium.Bench.Load;

/// <summary>
/// A fixed number of clients, each of which sends its next call when its last one is answered. One that is told to come again
/// later does so; its latency counts from the first time.
/// </summary>
internal static class ClosedLoop
{
    /// <param name="call">One call of the client of the given number.</param>
    /// <param name="windowOpens">Called when the warm-up is over.</param>
    /// <returns>Calls that were answered within the window.</returns>
    public static async Task<LoadResult> RunAsync(
        Func<int, Task<CallOutcome>> call,
        int clients,
        TimeSpan warmup,
        TimeSpan window,
        Action windowOpens,
        Action windowCloses)
    {
        var result = new LoadResult();
        var clock = Stopwatch.StartNew();
        var open = TimeSpan.MaxValue;
        var close = TimeSpan.MaxValue;
        var workers = Enumerable.Range(0, clients).Select(Worker).ToArray();
        await Task.Delay(warmup);
        windowOpens();
        open = clock.Elapsed;
        await Task.Delay(window);
        close = clock.Elapsed;
        windowCloses();
        result.Seconds = (close - open).TotalSeconds;
        await Task.WhenAll(workers);
        return result;

        async Task Worker(int client)
        {
            await Task.Yield();
            while (close == TimeSpan.MaxValue)
            {
                var sent = clock.Elapsed;
                var outcome = await CallAsync(call, client);
                var answered = clock.Elapsed;
                if (answered >= open && answered <= close)
                {
                    result.Add(outcome, (answered - sent).TotalMilliseconds);
                }
            }
        }
    }

    /// <summary>One call, tried again for as long as the server says when.</summary>
    public static async Task<CallOutcome> CallAsync(Func<int, Task<CallOutcome>> call, int client)
    {
        while (true)
        {
            var outcome = await call(client);
            if (outcome.RetryAfter is not { } delay)
            {
                return outcome;
            }

            await Task.Delay(delay);
        }
    }
}
