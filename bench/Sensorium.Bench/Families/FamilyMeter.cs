namespace Sensorium.Bench.Families;

/// <summary>Measures one model after the other: its answers, its rates beside the peer's, and what it leaves behind.</summary>
internal sealed class FamilyMeter(FamilyOptions options, FamilyServer server, FamilyPeer peer)
{
    private const int ReadingsAfterUnload = 5;
    private static readonly TimeSpan BetweenReadings = TimeSpan.FromMilliseconds(200);

    private readonly HashSet<string> _settled = [];

    /// <summary>Null for a question that Sensorium cannot be asked yet.</summary>
    public async Task<FamilyResult?> MeasureAsync(FamilyQuestion whole)
    {
        var asked = new List<(FamilyQuestion Question, IReadOnlyList<FamilyCall> Calls)>();
        var isDecoder = false;
        foreach (var question in whole.Split())
        {
            var calls = new FamilyCalls(question, await peer.AskAsync(question), Path.Combine(options.Work, "media"));
            isDecoder = calls.IsDecoder;
            asked.Add((question, calls.All));
        }

        if (asked.Exists(one => one.Calls.Count == 0))
        {
            return null;
        }

        await server.LoadAsync(whole.Model);
        var difference = await DifferenceAsync(asked.SelectMany(one => one.Calls));
        Task AskServerAsync(int client, int turn) => AskAsync(asked[turn % asked.Count].Calls, server.Callers[client]);
        Task AskPeerAsync(int client, int turn) => peer.AskAsync(asked[turn % asked.Count].Question);
        if (_settled.Add(whole.Task))
        {
            await RateAsync(AskServerAsync, FamilyServer.Clients, TimeSpan.Zero, options.Settle);
            await RateAsync(AskPeerAsync, FamilyServer.Clients, TimeSpan.Zero, options.Settle);
        }

        var rates = new Dictionary<int, (double Sensorium, double Node)>();
        foreach (var clients in (int[])[1, FamilyServer.Clients])
        {
            rates[clients] = (
                await RateAsync(AskServerAsync, clients, options.Warmup, options.Window),
                await RateAsync(AskPeerAsync, clients, options.Warmup, options.Window));
        }

        await server.UnloadAsync(whole.Model);
        await peer.ForgetAsync();
        var (loaded, kept) = await MemoryAsync(whole.Model, asked[0].Calls);
        return new FamilyResult(whole, isDecoder, difference) { Rates = rates, LoadedMegabytes = loaded, KeptMegabytes = kept };
    }

    private static async Task AskAsync(IReadOnlyList<FamilyCall> calls, FamilyClient client)
    {
        foreach (var call in calls)
        {
            await call.SendAsync(client);
        }
    }

    private async Task<double> DifferenceAsync(IEnumerable<FamilyCall> calls)
    {
        var largest = 0.0;
        foreach (var call in calls)
        {
            largest = Math.Max(largest, call.Expected.DifferenceTo(await call.SendAsync(server.Callers[0])));
        }

        return largest;
    }

    // Questions a second; each client asks all of them in turn, beginning with another.
    private static Task<double> RateAsync(Func<int, int, Task> ask, int clients, TimeSpan warmup, TimeSpan window)
    {
        var turns = Enumerable.Range(0, clients).ToArray();
        return RoundRate.MeasureAsync(client => ask(client, turns[client]++), clients, warmup, window);
    }

    // What compiles and grows with the first load, and with load on it, has done so; what that freed is given back with one more.
    private async Task<(double Loaded, double Kept)> MemoryAsync(string model, IReadOnlyList<FamilyCall> calls)
    {
        double before = 0, loaded = 0;
        for (var cycle = 0; cycle < 2; cycle++)
        {
            before = cycle == 0 ? 0 : await SettledAsync();
            await server.LoadAsync(model);
            await AskAsync(calls, server.Callers[0]);
            loaded = server.Megabytes;
            await server.UnloadAsync(model);
        }

        return (loaded - before, await SettledAsync() - before);
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
