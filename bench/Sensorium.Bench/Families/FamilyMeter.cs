using Sensorium.Bench.Load;

namespace Sensorium.Bench.Families;

/// <summary>Measures one model after the other: its answers, its rates beside the peer's, and what it leaves behind.</summary>
internal sealed class FamilyMeter(FamilyOptions options, FamilyServer server, FamilyPeer peer)
{
    private const int ReadingsAfterUnload = 5;
    private static readonly TimeSpan BetweenReadings = TimeSpan.FromMilliseconds(200);

    /// <summary>Null for a question that Sensorium cannot be asked yet.</summary>
    public async Task<FamilyResult?> MeasureAsync(FamilyQuestion question)
    {
        var answer = await peer.AskAsync(question);
        var calls = new FamilyCalls(question, answer, Path.Combine(options.Work, "media"));
        var all = calls.All;
        if (all.Count == 0)
        {
            return null;
        }

        await server.LoadAsync(question.Model);
        var difference = await DifferenceAsync(all);
        var rates = new Dictionary<int, (double Sensorium, double Node)>();
        foreach (var clients in (int[])[1, FamilyServer.Clients])
        {
            rates[clients] = (
                await RateAsync(client => AskAsync(all, server.Callers[client]), clients, all.Count),
                await RateAsync(_ => peer.AskAsync(question), clients, all.Count));
        }

        // What compiles and grows with the first load, and with load on it, has done so.
        await server.UnloadAsync(question.Model);
        await peer.ForgetAsync();
        var before = await SettledAsync();
        await server.LoadAsync(question.Model);
        await AskAsync(all, server.Callers[0]);
        var loaded = server.Megabytes;
        await server.UnloadAsync(question.Model);
        return new FamilyResult(question, calls.IsDecoder, difference)
        {
            Requests = all.Count,
            Rates = rates,
            LoadedMegabytes = loaded - before,
            KeptMegabytes = await SettledAsync() - before,
        };
    }

    private async Task<double> DifferenceAsync(IReadOnlyList<FamilyCall> calls)
    {
        var largest = 0.0;
        foreach (var call in calls)
        {
            largest = Math.Max(largest, call.Expected.DifferenceTo(await call.SendAsync(server.Callers[0])));
        }

        return largest;
    }

    private static async Task AskAsync(IReadOnlyList<FamilyCall> calls, FamilyClient client)
    {
        foreach (var call in calls)
        {
            await call.SendAsync(client);
        }
    }

    // Requests a second: a whole question is one round of a client.
    private async Task<double> RateAsync(Func<int, Task> ask, int clients, int requests)
    {
        var result = await ClosedLoop.RunAsync(
            async client =>
            {
                await ask(client);
                return new CallOutcome(requests);
            },
            clients, options.Warmup, options.Window, () => { }, () => { });
        return result.Items / result.Seconds;
    }

    // The least of several readings: the collector gives back when it sees fit.
    private async Task<double> SettledAsync()
    {
        var least = double.MaxValue;
        for (var i = 0; i < ReadingsAfterUnload; i++)
        {
            await Task.Delay(BetweenReadings);
            least = Math.Min(least, server.Megabytes);
        }

        return least;
    }
}
