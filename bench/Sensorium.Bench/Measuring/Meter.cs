using Sensorium.Bench.Load;

namespace Sensorium.Bench.Measuring;

/// <summary>Measures contenders under closed-loop load.</summary>
internal sealed class Meter(BenchOptions options)
{
    /// <param name="encoded">Pictures that the service's encoder has seen, by its own metric; null where there is none.</param>
    public async Task<Sample> ClosedLoopAsync(
        string step,
        IReadOnlyList<int> processes,
        int clients,
        Func<int, Task<CallOutcome>> call,
        Func<Task<double>>? encoded = null)
    {
        var observer = new Observer(options, processes);
        var before = encoded is null ? 0 : await encoded();
        long allItems = 0;
        var result = await ClosedLoop.RunAsync(
            async client =>
            {
                var outcome = await call(client);
                Interlocked.Add(ref allItems, outcome.Items);
                return outcome;
            },
            clients, options.Warmup, options.Window, observer.Open, observer.Close);
        var figures = Figures(result, observer);
        figures[Sample.Clients] = clients;
        if (encoded is not null)
        {
            figures[Sample.EncoderRunsPerItem] = (await encoded() - before) / Math.Max(1, allItems);
        }

        return new Sample(step, figures) { Void = Problem(result) ?? observer.Void ?? (result.Calls == 0 ? "nothing was answered in it" : null) };
    }

    public static SortedDictionary<string, double> Figures(LoadResult result, Observer observer)
    {
        var figures = new SortedDictionary<string, double>
        {
            [Sample.CallsPerSecond] = result.Calls / result.Seconds,
            [Sample.PicturesPerSecond] = result.Items / result.Seconds,
            [Sample.LatencyP50] = result.LatencyMs(0.50),
            [Sample.LatencyP99] = result.LatencyMs(0.99),
            [Sample.CpuPerItem] = 1000 * observer.CpuSeconds / Math.Max(1, result.Items),
            [Sample.Resident] = observer.ResidentMegabytes,
            [Sample.Errors] = result.Failed,
            [Sample.DisturbedShare] = observer.DisturbedShare,
            [Sample.StealShare] = observer.StealShare,
        };
        if (result.Tokens > 0)
        {
            figures[Sample.TokensPerSecond] = result.Tokens / result.Seconds;
        }

        if (result.FirstTokenMs(0.5) is var first && !double.IsNaN(first))
        {
            figures[Sample.FirstTokenP50] = first;
            figures[Sample.FirstTokenP99] = result.FirstTokenMs(0.99);
        }

        foreach (var (detail, count) in result.Details)
        {
            figures[$"answers_{detail}"] = count;
        }

        return figures;
    }

    // A contender that fails is not fast: its figures would be wrong, so the run stops here.
    private static string? Problem(LoadResult result) => result.Failed == 0
        ? null
        : throw new InvalidOperationException(
            $"{result.Failed} of {result.Failed + result.Calls} calls failed: {string.Join(", ", result.Errors.Select(error => $"{error.Key} × {error.Value}"))}.");
}
