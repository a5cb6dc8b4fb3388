using Sensorium.Core.Admission;

namespace Sensorium.Core.Generation.Scheduling;

/// <summary>
/// Requests that wait for slots, in order of arrival, where each level of priority counts like having come earlier by its head
/// start. Safe to use from several threads.
/// </summary>
internal sealed class WaitingQueue(TimeProvider time)
{
    private readonly long _headStart = PriorityLevels.HeadStartIn(time);

    private readonly Lock _gate = new();
    private readonly PriorityQueue<DecodeJob, (long Place, long Order)> _jobs = new();
    private long _arrived;
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

            var place = PlaceOf(job.Priority);
            var before = RowsUpTo(place);
            _jobs.Enqueue(job, (place, _arrived++));
            _rows += job.Parameters.Rows;
            return before;
        }
    }

    /// <summary>Sequences that would go before a request of this priority that came now.</summary>
    public int RowsBefore(RequestPriority priority)
    {
        lock (_gate)
        {
            return _rows == 0 ? 0 : RowsUpTo(PlaceOf(priority));
        }
    }

    /// <summary>The next request if it fits into the free rows or has been cancelled. One that does not fit is not overtaken.</summary>
    public DecodeJob? TryDequeue(int freeRows)
    {
        lock (_gate)
        {
            if (!_jobs.TryPeek(out var job, out _) || (job.Parameters.Rows > freeRows && !job.Cancellation.IsCancellationRequested))
            {
                return null;
            }

            _jobs.Dequeue();
            _rows -= job.Parameters.Rows;
            return job;
        }
    }

    /// <summary>Takes no more; gives what still waits.</summary>
    public IReadOnlyList<DecodeJob> Close()
    {
        lock (_gate)
        {
            _closed = true;
            DecodeJob[] left = [.. _jobs.UnorderedItems.Select(item => item.Element)];
            _jobs.Clear();
            _rows = 0;
            return left;
        }
    }

    private long PlaceOf(RequestPriority priority) => time.GetTimestamp() + (priority.Level() * _headStart);

    private int RowsUpTo(long place) =>
        _jobs.UnorderedItems.Where(item => item.Priority.Place <= place).Sum(item => item.Element.Parameters.Rows);
}
