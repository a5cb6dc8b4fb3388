using Sensorium.Core.Tenancy;

namespace Sensorium.Core.Batching;

/// <summary>An item on its way through the batcher.</summary>
internal sealed class BatchEntry<TInput, TOutput>(BatchItem<TInput> item, long arrivedAt)
{
    private readonly TaskCompletionSource<BatchResult<TOutput>> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _admission;
    private int _released;

    public BatchItem<TInput> Item { get; } = item;

    /// <summary>Timestamp of the time provider.</summary>
    public long ArrivedAt { get; } = arrivedAt;

    /// <summary>Place in the queue; null while not in one.</summary>
    public FairPlace<BatchEntry<TInput, TOutput>>? Place { get; set; }

    public CancellationTokenRegistration Cancellation { get; set; }

    public Task<BatchResult<TOutput>> Completion => _completion.Task;

    /// <summary>Ends when the entry has its place in the queue, or never gets one. Most have it at once.</summary>
    public Task Admission => _admission?.Task ?? Task.CompletedTask;

    /// <summary>There is no place now. To be called before others know of the entry.</summary>
    public void WaitForPlace() => _admission = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Admit() => _admission?.TrySetResult();

    public void Complete(BatchResult<TOutput> result)
    {
        Release();
        if (_completion.TrySetResult(result))
        {
            Cancellation.Unregister();
        }
    }

    public void Fail(Exception error)
    {
        Release();
        if (_completion.TrySetException(error))
        {
            Cancellation.Unregister();
        }

        Admit();
    }

    /// <summary>The input is no longer read.</summary>
    public void Release()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
        {
            Item.Owner?.Dispose();
        }
    }

    /// <summary>Ends the entry for its caller; who holds the input releases it.</summary>
    public bool TryCancel(CancellationToken cancellationToken)
    {
        var cancelled = _completion.TrySetCanceled(cancellationToken);
        Admit();
        return cancelled;
    }
}
