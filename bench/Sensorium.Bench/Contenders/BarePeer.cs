using System.Globalization;
using Sensorium.Bench.Bare;
using Sensorium.Bench.Measuring;
using Sensorium.Bench.Processes;

namespace Sensorium.Bench.Contenders;

/// <summary>The bare loop in a process of its own, pinned like the servers.</summary>
internal sealed class BarePeer : IAsyncDisposable
{
    private readonly BenchOptions _options;
    private readonly ServerProcess _process;

    private BarePeer(BenchOptions options, ServerProcess process)
    {
        _options = options;
        _process = process;
    }

    public static async Task<BarePeer> StartAsync(BenchOptions options, int threads)
    {
        var process = ServerProcess.Start(
            options.ServerCores, options.LogFile($"bare-{threads}"), new Dictionary<string, string>(), readOutput: true,
            "dotnet", BenchOptions.OwnAssembly, "bare", options.Pack, threads.ToString(CultureInfo.InvariantCulture));
        var ready = await process.Output.ReadLineAsync();
        return ready == "ready"
            ? new BarePeer(options, process)
            : throw new InvalidOperationException($"The bare loop did not start; see {options.LogFile($"bare-{threads}")}.");
    }

    public async Task<Sample> RunAsync(string step, string operation, string pattern, int batch, TimeSpan window, int tokensPerItem = 0)
    {
        var observer = new Observer(_options, [_process.Id]);
        var command = new BareCommand(operation, pattern, batch, _options.Warmup.TotalSeconds, window.TotalSeconds);
        await _process.Input.WriteLineAsync(command.ToString());
        await _process.Input.FlushAsync();
        await _process.Output.ReadLineAsync();
        observer.Open();
        var answer = await _process.Output.ReadLineAsync() ?? throw new InvalidOperationException("The bare loop ended.");
        observer.Close();
        var figures = answer.Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        var sample = new Sample(step, new()
        {
            [Sample.Clients] = batch,
            [Sample.PicturesPerSecond] = figures[0] / figures[1],
            [Sample.LatencyP50] = figures[2],
            [Sample.LatencyP99] = figures[3],
            [Sample.CpuPerItem] = 1000 * observer.CpuSeconds / figures[0],
            [Sample.Resident] = observer.ResidentMegabytes,
            [Sample.DisturbedShare] = observer.DisturbedShare,
            [Sample.StealShare] = observer.StealShare,
        })
        {
            Void = observer.Void,
        };
        if (tokensPerItem > 0)
        {
            sample.Figures[Sample.TokensPerSecond] = tokensPerItem * figures[0] / figures[1];
        }

        return sample;
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
