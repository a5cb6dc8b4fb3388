using Sensorium.Core.Batching;

namespace Sensorium.Core.Encoding.Pipeline;

/// <summary>
/// The work of one encoder that has been admitted and not done, in whatever stage it is, and how long it will take. The rate
/// is that of all stages together: work done per time in which there was any. An item that has not been prepared counts with
/// the mean work of those before it.
/// </summary>
internal sealed class Backlog(TimeProvider time)
{
    // So many pieces of work are done before the rate counts as known.
    private const int LeastRecords = 32;

    // Share of the newest item in the mean.
    private const double Newest = 0.1;

    private readonly Lock _gate = new();
    private readonly DrainRate _rate = new(LeastRecords);
    private readonly double[] _work = new double[3];
    private int _items;
    private int _present;
    private double _meanWork;
    private long _busySince;

    /// <summary>
    /// Adds items if the condition holds for the number of items that are under way and the time that a new one is expected
    /// to wait for the work before it (null while nothing is known); else gives null.
    /// </summary>
    public BacklogItem[]? TryAdd(int count, RequestPriority priority, Func<int, TimeSpan?, bool> condition)
    {
        lock (_gate)
        {
            var level = (int)priority + 1;
            if (!condition(_items, WaitBehind(level)))
            {
                return null;
            }

            Pass();
            _items += count;
            _present += count;
            _work[level] += count * _meanWork;
            return [.. Enumerable.Range(0, count).Select(_ => new BacklogItem(this, level, _meanWork))];
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
            _meanWork = _meanWork == 0 ? work : _meanWork + (Newest * (work - _meanWork));
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
    private TimeSpan? WaitBehind(int level)
    {
        var before = 0.0;
        for (; level < _work.Length; level++)
        {
            before += Math.Max(0, _work[level]);
        }

        return _rate.Estimate(before);
    }

    // Time counts while any item is in the way.
    private void Pass()
    {
        var now = time.GetTimestamp();
        if (_present > 0)
        {
            _rate.Spend(time.GetElapsedTime(_busySince, now));
        }

        _busySince = now;
    }
}
