using Sensorium.Core.Admission;
using Sensorium.Core.Tenancy;

namespace Sensorium.Core.Generation.Scheduling;

/// <summary>
/// Requests that wait for slots, by priority and by the shares of tenants. What a request costs is known when it ends: until
/// then its tenant is charged what requests take in the mean. Safe to use from several threads.
/// </summary>
internal sealed class WaitingQueue(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly FairQueue<DecodeJob> _jobs = new(PriorityLevels.Count, PriorityLevels.HeadStartIn(time));
    private readonly CappedRatio _stepsPerRow = new();
    private int _rows;
    private bool _closed;

    /// <summary>Sequences that wait.</summary>
    public int Rows => Volatile.Read(ref _rows);

    /// <summary>Gives the number of sequences that go before it; -1 if the queue has been closed.</summary>
    public int Enqueue(DecodeJob job)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return -1;
            }

            var before = Before(job.Priority, job.Tenant);
            job.Charged = job.Parameters.Rows * Math.Min(job.Parameters.MaxNewTokens, _stepsPerRow.Value ?? job.Parameters.MaxNewTokens);
            _jobs.Add(job, job.Tenant, job.Priority.Level(), job.Charged, time.GetTimestamp());
            _rows += job.Parameters.Rows;
            return before;
        }
    }

    /// <summary>Sequences that would go before a request of this priority that came now.</summary>
    public int RowsBefore(RequestPriority priority, Tenant? tenant = null)
    {
        lock (_gate)
        {
            return _rows == 0 ? 0 : Before(priority, tenant);
        }
    }

    /// <summary>The next request if it fits into the free rows or has been cancelled. One that does not fit is not overtaken.</summary>
    public DecodeJob? TryDequeue(int freeRows)
    {
        lock (_gate)
        {
            if (_jobs.First is not { } place)
            {
                return null;
            }

            var job = place.Value;
            var isCancelled = job.Cancellation.IsCancellationRequested;
            if (job.Parameters.Rows > freeRows && !isCancelled)
            {
                return null;
            }

            _jobs.Remove(place, served: !isCancelled);
            _rows -= job.Parameters.Rows;
            return job;
        }
    }

    /// <summary>A request that had its slots has ended after so many steps of its sequences, all together.</summary>
    public void Settle(DecodeJob job, int steps)
    {
        lock (_gate)
        {
            if (steps > 0)
            {
                _stepsPerRow.Add(steps, job.Parameters.Rows);
            }

            _jobs.Charge(job.Tenant, job.Priority.Level(), steps - job.Charged);
        }
    }

    /// <summary>Takes no more; gives what still waits.</summary>
    public IReadOnlyList<DecodeJob> Close()
    {
        lock (_gate)
        {
            _closed = true;
            _rows = 0;
            return _jobs.Clear();
        }
    }

    private int Before(RequestPriority priority, Tenant? tenant) =>
        (int)Math.Ceiling(_jobs.Before(priority.Level(), tenant, time.GetTimestamp(), job => job.Parameters.Rows));
}
