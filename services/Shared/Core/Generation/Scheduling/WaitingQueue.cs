namespace Sensorium.Core.Generation.Scheduling;

/// <summary>Requests that wait for slots: higher priority first, then in order of arrival. Safe to use from several threads.</summary>
internal sealed class WaitingQueue
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<DecodeJob, (int Priority, long Order)> _jobs = new();
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

            var before = _jobs.UnorderedItems.Where(item => item.Element.Priority >= job.Priority).Sum(item => item.Element.Parameters.Rows);
            _jobs.Enqueue(job, (-(int)job.Priority, _arrived++));
            _rows += job.Parameters.Rows;
            return before;
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
}
