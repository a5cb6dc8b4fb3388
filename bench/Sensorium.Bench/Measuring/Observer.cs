using System.Diagnostics;
using Sensorium.Bench.Processes;

namespace Sensorium.Bench.Measuring;

/// <summary>
/// Watches one window: the CPU time of a contender's processes, and how much others disturbed it on the server cores, and
/// the load generator on its own.
/// </summary>
internal sealed class Observer(BenchOptions options, IReadOnlyList<int> contender)
{
    private readonly Stopwatch _clock = new();
    private readonly CoreWatch _server = new(options.ServerCores, contender);
    private readonly CoreWatch _load = new(options.LoadCores, [Environment.ProcessId]);

    public double CpuSeconds => _server.OwnSeconds;

    /// <summary>The larger of both core sets' shares.</summary>
    public double DisturbedShare { get; private set; }

    public double StealShare { get; private set; }

    public double ResidentMegabytes { get; private set; }

    public double Seconds { get; private set; }

    public string? Void =>
        DisturbedShare > options.MaxDisturbedShare ? $"other processes had the cores for {DisturbedShare:P1} of the time, while they were wanted"
        : StealShare > options.MaxStealShare ? $"the hypervisor took {StealShare:P1} of the cores"
        : null;

    public void Open()
    {
        _clock.Restart();
        _load.Open();
        _server.Open();
    }

    public void Close()
    {
        _server.Close();
        Seconds = _clock.Elapsed.TotalSeconds;
        _load.Close();
        DisturbedShare = Math.Max(_server.DisturbedShare(Seconds), _load.DisturbedShare(Seconds));
        StealShare = Math.Max(_server.StealShare(Seconds), _load.StealShare(Seconds));
        ResidentMegabytes = ProcessTree.ResidentBytes(contender) / 1e6;
    }
}
