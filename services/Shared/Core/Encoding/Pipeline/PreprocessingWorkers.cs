using System.Collections.Concurrent;
using Sensorium.Core.Batching;

namespace Sensorium.Core.Encoding.Pipeline;

/// <summary>
/// The threads on which media are decoded: few, and none of those that serve requests or run models. All encoders of a
/// process share them. Continuations of what runs here come back here.
/// </summary>
public sealed class PreprocessingWorkers : TaskScheduler, IDisposable
{
    private readonly BlockingCollection<Task> _queue = [];

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

    public void Dispose() => _queue.CompleteAdding();

    protected override void QueueTask(Task task) => _queue.Add(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        Current == this && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [.. _queue];

    private void Work()
    {
        foreach (var task in _queue.GetConsumingEnumerable())
        {
            TryExecuteTask(task);
        }
    }
}
