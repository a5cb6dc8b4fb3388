using Sensorium.Bench.Processes;

namespace Sensorium.Bench.Measuring;

/// <summary>
/// A set of cores and the processes that should have it to themselves, over one window. They are disturbed while others run
/// and they wait: at most as long as others ran, and at most as long as their threads waited, whichever is less. (Their
/// threads also wait for each other, and others may run while they are idle; neither disturbs.)
/// </summary>
internal sealed class CoreWatch(CoreSet cores, IReadOnlyList<int> owners)
{
    private CoreUsage _usage;
    private double _own;
    private double _waited;

    public double OwnSeconds { get; private set; }

    private double ForeignSeconds => Math.Max(0, _usage.BusySeconds - OwnSeconds);

    public void Open()
    {
        _waited = ProcessTree.WaitSeconds(owners);
        _usage = CoreUsage.Read(cores);
        _own = ProcessTree.CpuSeconds(owners);
    }

    public void Close()
    {
        OwnSeconds = ProcessTree.CpuSeconds(owners) - _own;
        _usage = CoreUsage.Read(cores) - _usage;
        _waited = ProcessTree.WaitSeconds(owners) - _waited;
    }

    public double DisturbedShare(double seconds) => Math.Max(0, Math.Min(ForeignSeconds, _waited)) / (seconds * cores.Cores.Count);

    public double StealShare(double seconds) => _usage.StealSeconds / (seconds * cores.Cores.Count);
}
