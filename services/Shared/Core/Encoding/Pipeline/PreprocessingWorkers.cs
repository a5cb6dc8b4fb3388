using Sensorium.Core.Batching;

namespace Sensorium.Core.Encoding.Pipeline;

/// <summary>
/// The threads on which media are decoded: few, and none of those that serve requests or run models. All encoders of a
/// process share them. Continuations of what runs here come back here.
/// </summary>
/// <remarks>A thread without work sleeps at once; one that waits at a blocking collection turns in a loop first, which short texts pay for.</remarks>
public sealed class PreprocessingWorkers : TaskScheduler, IDisposable
{
    // A monitor, because its threads can wait.
    private readonly object _gate = new();
    private readonly Queue<Task> _queue = [];
    private bool _isClosed;

    public PreprocessingWorkers()
        : this(Environment.ProcessorCount)
    {
    }

    internal PreprocessingWorkers(int threads)
    {
        Count = threads;
        for (var i = 0; i < threads; i++)
        {
            _ = DedicatedThread.Start($"preprocessing {i}", Work);
        }
    }

    public int Count { get; }

    public override int MaximumConcurrencyLevel => Count;

    public Task<T> Run<T>(Func<Task<T>> work, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(work, cancellationToken, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    /// <summary>What waits is done; what comes later is refused.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            Monitor.PulseAll(_gate);
        }
    }

    protected override void QueueTask(Task task)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                throw new InvalidOperationException("The threads of preprocessing have been stopped.");
            }

            _queue.Enqueue(task);
            Monitor.Pulse(_gate);
        }
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        Current == this && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_gate)
        {
            return [.. _queue];
        }
    }

    private void Work()
    {
        while (Next() is { } task)
        {
            TryExecuteTask(task);
        }
    }

    // Null at the end.
    private Task? Next()
    {
        lock (_gate)
        {
            Task? task;
            while (!_queue.TryDequeue(out task) && !_isClosed)
            {
                Monitor.Wait(_gate);
            }

            return task;
        }
    }
}
