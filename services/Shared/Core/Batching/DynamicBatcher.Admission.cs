namespace Sensorium.Core.Batching;

/// <content>Into the queue, and out of it again before a run. Called with the gate held, but for cancellation.</content>
public sealed partial class DynamicBatcher<TInput, TOutput>
{
    private void LetIn()
    {
        while (_outside.First is { } entry && HasRoomFor(entry))
        {
            _outside.Remove(entry, served: true);
            Admit(entry);
        }
    }

    private void Admit(BatchEntry<TInput, TOutput> entry)
    {
        _queue.Add(entry);
        _metrics.Queued(1, entry.Item.WorkUnits);
        entry.Admit();
        if (_runningSince is null)
        {
            _runnerWake.Set();
        }
        else if (_prefetched is null && !_assembling && _queue.HasFullBatch(_options))
        {
            _assemblerWake.Set();
        }
    }

    private bool HasRoomFor(BatchEntry<TInput, TOutput> entry) => _queue.Count == 0
        || (_queue.Count < _options.MaxQueueItems
            && (_options.MaxQueueWork == 0 || _queue.Work + entry.Item.WorkUnits <= _options.MaxQueueWork));

    private void WatchCancellation(BatchEntry<TInput, TOutput> entry, CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            entry.Cancellation = cancellationToken.UnsafeRegister(static (state, token) =>
            {
                var (batcher, cancelled) = ((DynamicBatcher<TInput, TOutput>, BatchEntry<TInput, TOutput>))state!;
                batcher.Cancel(cancelled, token);
            }, (this, entry));
            if (entry.Completion.IsCompleted)
            {
                entry.Cancellation.Unregister();
            }
        }
    }

    private void Cancel(BatchEntry<TInput, TOutput> entry, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_queue.Remove(entry, served: false))
            {
                _metrics.Queued(-1, -entry.Item.WorkUnits);
                entry.Release();
                LetIn();
            }
            else if (_outside.Remove(entry, served: false))
            {
                entry.Release();
            }
        }

        if (entry.TryCancel(cancellationToken))
        {
            _metrics.ItemCancelled();
        }
    }
}
