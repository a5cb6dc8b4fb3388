using System.Diagnostics;
using Sensorium.Bench.Processes;

namespace Sensorium.Bench.Measuring;

/// <summary>
/// Watches one window: the CPU time of a contender's processes, and what others took of the cores meanwhile. What the
/// load generator's own cores did is judged likewise, this process being the owner there.
/// </summary>
internal sealed class Observer(BenchOptions options, IReadOnlyList<int> contender)
{
    private readonly Stopwatch _clock = new();
    private readonly double[] _cpu = new double[2];
    private CoreUsage _server;
    private CoreUsage _load;
    private double _self;

    public double CpuSeconds => _cpu[1] - _cpu[0];

    public double ForeignShare { get; private set; }

    public double StealShare { get; private set; }

    public double ResidentMegabytes { get; private set; }

    public double Seconds { get; private set; }

    public string? Void =>
        ForeignShare > options.MaxForeignShare ? $"other processes had {ForeignShare:P1} of the cores"
        : StealShare > options.MaxStealShare ? $"the hypervisor took {StealShare:P1} of the cores"
        : null;

    public void Open()
    {
        _clock.Restart();
        _server = CoreUsage.Read(options.ServerCores);
        _load = CoreUsage.Read(options.LoadCores);
        _self = Own();
        _cpu[0] = ProcessTree.CpuSeconds(contender);
    }

    public void Close()
    {
        _cpu[1] = ProcessTree.CpuSeconds(contender);
        Seconds = _clock.Elapsed.TotalSeconds;
        var server = CoreUsage.Read(options.ServerCores) - _server;
        var load = CoreUsage.Read(options.LoadCores) - _load;
        ForeignShare = Math.Max(
            Share(server.BusySeconds - CpuSeconds, options.ServerCores),
            Share(load.BusySeconds - (Own() - _self), options.LoadCores));
        StealShare = Math.Max(Share(server.StealSeconds, options.ServerCores), Share(load.StealSeconds, options.LoadCores));
        ResidentMegabytes = ProcessTree.ResidentBytes(contender) / 1e6;
    }

    private static double Own() => Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;

    private double Share(double seconds, CoreSet cores) => Math.Max(0, seconds) / (Seconds * cores.Cores.Count);
}
