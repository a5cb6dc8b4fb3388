namespace Sensorium.Core.Admission;

/// <summary>
/// The work of one encoder that has been admitted and not done, in whatever stage it is, and how long it will take. The rate
/// is that of all stages together: work done per time in which there was any. An item that has not been prepared counts with
/// the mean work of those before it.
/// </summary>
internal sealed class Backlog(AdmissionGate gate, TimeProvider time)
{
    // So many pieces of work are done before the rate counts as known.
    private const int LeastRecords = 32;

    private readonly Lock _gate = new();
    private readonly ServiceRate _rate = new(LeastRecords);
    private readonly CappedRatio _workPerItem = new();
    private readonly double[] _work = new double[PriorityLevels.Count];
    private int _items;
    private int _present;
    private long _busySince;

    /// <summary>What a request of the lowest priority finds.</summary>
    public QueueState State
    {
        get
        {
            lock (_gate)
            {
                return new QueueState(_items, WaitBehind(PriorityLevels.Count - 1), _rate.Estimate(MeanWork));
            }
        }
    }

    private double MeanWork => _workPerItem.Value.GetValueOrDefault();

    /// <summary>Admits all items or none. Throws OVERLOADED with the expected wait.</summary>
    public AdmittedItems Enter(int count, RequestPriority priority, DateTimeOffset? deadline = null)
    {
        lock (_gate)
        {
            var (level, mean) = (priority.Level(), MeanWork);
            gate.Check(new QueueState(_items, WaitBehind(level), _rate.Estimate(mean)), count, deadline);
            Pass();
            _items += count;
            _present += count;
            _work[level] += count * mean;
            return new AdmittedItems([.. Enumerable.Range(0, count).Select(_ => new BacklogItem(this, level, mean))]);
        }
    }

    /// <param name="work">Added to what is in the way; below 0 if it is taken away.</param>
    /// <param name="items">Items that come to be in the way, or no longer are.</param>
    /// <param name="done">Work that has been done.</param>
    public void Change(int level, double work, int items = 0, double done = 0)
    {
        lock (_gate)
        {
            Pass();
            _work[level] += work;
            _present += items;
            if (done > 0)
            {
                _rate.Record(done);
            }
        }
    }

    /// <summary>An item has turned out to be so much work.</summary>
    public void Learn(double work)
    {
        lock (_gate)
        {
            _workPerItem.Add(work, 1);
        }
    }

    public void Forget()
    {
        lock (_gate)
        {
            _items--;
        }
    }

    // What has a lower priority is overtaken.
    private TimeSpan? WaitBehind(int level) => _rate.Estimate(_work.Take(level + 1).Sum(work => Math.Max(0, work)));

    // Time counts while any item is in the way.
    private void Pass()
    {
        var now = time.GetTimestamp();
        if (_present > 0)
        {
            _rate.Spend(time.GetElapsedTime(_busySince, now), _present);
        }

        _busySince = now;
    }
}
