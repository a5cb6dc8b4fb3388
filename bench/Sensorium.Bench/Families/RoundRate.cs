using System.Diagnostics;

namespace Sensorium.Bench.Families;

/// <summary>Rounds a second of clients that each begin the next when the last has ended.</summary>
internal static class RoundRate
{
    // So that a round that takes as long as the window is not counted by chance.
    private const int LeastRoundsOfClient = 2;
    private const int MostWindows = 40;

    /// <param name="round">One of the client of the given number.</param>
    /// <param name="warmup">Before rounds are counted.</param>
    /// <param name="window">In which they are counted; longer where it holds too few.</param>
    public static async Task<double> MeasureAsync(Func<int, Task> round, int clients, TimeSpan warmup, TimeSpan window)
    {
        var (clock, ended) = (Stopwatch.StartNew(), 0);
        var (isOpen, isOver) = (false, false);
        var workers = Enumerable.Range(0, clients).Select(Worker).ToArray();
        await Task.WhenAny(Task.Delay(warmup), Task.WhenAll(workers));
        (isOpen, var opened) = (true, clock.Elapsed);
        while (!workers.Any(worker => worker.IsFaulted)
            && (clock.Elapsed - opened < window || Volatile.Read(ref ended) < LeastRoundsOfClient * clients)
            && clock.Elapsed - opened < MostWindows * window)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5));
        }

        var (rounds, seconds) = (Volatile.Read(ref ended), (clock.Elapsed - opened).TotalSeconds);
        isOver = true;
        await Task.WhenAll(workers);
        return rounds > 0 ? rounds / seconds : throw new InvalidOperationException($"no round ended within {seconds:F1} s");

        async Task Worker(int client)
        {
            await Task.Yield();
            while (!Volatile.Read(ref isOver))
            {
                await round(client);
                if (Volatile.Read(ref isOpen))
                {
                    Interlocked.Increment(ref ended);
                }
            }
        }
    }
}
