using Sensorium.Core.Admission;

namespace Sensorium.Core.Generation.Scheduling;

/// <summary>How fast slots come free while sequences run. Safe to use from several threads.</summary>
internal sealed class SlotRate
{
    // So many steps that freed slots are taken before the rate counts as known.
    private const int LeastRecords = 32;

    private readonly Lock _gate = new();
    private readonly ServiceRate _rate = new(LeastRecords);

    /// <summary>One step of so many sequences took so long, and freed so many slots.</summary>
    public void Record(int running, int freed, TimeSpan time)
    {
        lock (_gate)
        {
            _rate.Spend(time, running);
            if (freed > 0)
            {
                _rate.Record(freed);
            }
        }
    }

    /// <summary>How long it takes until so many slots have come free; null while too little has been measured.</summary>
    public TimeSpan? Estimate(int rows)
    {
        lock (_gate)
        {
            return _rate.Estimate(rows);
        }
    }
}
