using Sensorium.Bench.Load;
using Sensorium.Bench.Processes;

namespace Sensorium.Bench.Faces;

/// <summary>Measures faces in turn, round by round, so that whatever else the machine does meets all of them.</summary>
internal sealed class FaceMeter(FaceOptions options, int server)
{
    private static readonly TimeSpan LongWarmup = TimeSpan.FromSeconds(2);

    /// <summary>Until code is compiled and what is asked for is cached.</summary>
    /// <exception cref="InvalidOperationException">The face does not answer.</exception>
    public static async Task WarmAsync(FaceCall call)
    {
        var outcome = await call.Ask(0);
        if (outcome.Error is { } error)
        {
            throw new InvalidOperationException($"{call.Task} by {call.Face}: {error}");
        }

        await ClosedLoop.RunAsync(call.Ask, clients: 4, TimeSpan.Zero, LongWarmup, () => { }, () => { });
    }

    public async Task<IReadOnlyList<FaceResult>> MeasureAsync(IReadOnlyList<FaceCall> calls, int clients)
    {
        var results = calls.Select(call => new FaceResult(call, clients)).ToArray();
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var result in results)
            {
                await MeasureAsync(result);
            }
        }

        return results;
    }

    private async Task MeasureAsync(FaceResult result)
    {
        var (before, after) = (0d, 0d);
        var load = await ClosedLoop.RunAsync(
            result.Call.Ask, result.Clients, options.Warmup, options.Window, () => before = ProcessTree.CpuSeconds([server]), () => after = ProcessTree.CpuSeconds([server]));
        result.Add(load, after - before);
    }
}
