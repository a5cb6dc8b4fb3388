namespace Sensorium.Media.Imaging;

/// <summary>
/// The bytes that all pictures of the process take at once while they are decoded and scaled. Whoever would exceed them waits,
/// in the order of arrival, so that small pictures cannot keep a large one waiting forever. One that needs more than there is
/// waits until it is alone: how large one may be is <see cref="ImageLimits"/>' matter.
/// </summary>
internal sealed class DecodingBudget(long capacity)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _waiting = [];
    private long _taken;

    /// <summary>Decodes when the bytes are there; the picture gives them back when it is disposed of.</summary>
    /// <remarks>Blocks: pictures are decoded on bounded workers, which would have nothing else to do.</remarks>
    public RgbImage Hold(long bytes, Func<RgbImage> decode, CancellationToken cancellationToken)
    {
        var lease = TakeAsync(bytes, cancellationToken).GetAwaiter().GetResult();
        try
        {
            var image = decode();
            image.Lease = lease;
            return image;
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    /// <summary>Completes when the bytes are there; disposing gives them back.</summary>
    public async Task<IDisposable> TakeAsync(long bytes, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(bytes);
        lock (_lock)
        {
            _waiting.AddLast(waiter);
            Admit();
        }

        try
        {
            await waiter.Admitted.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            return new Lease(this, bytes);
        }
        catch (OperationCanceledException)
        {
            Leave(waiter);
            throw;
        }
    }

    private void Leave(Waiter waiter)
    {
        lock (_lock)
        {
            // It may have been admitted just now; and those behind it may fit where it did not.
            if (!_waiting.Remove(waiter))
            {
                _taken -= waiter.Bytes;
            }

            Admit();
        }
    }

    private void GiveBack(long bytes)
    {
        lock (_lock)
        {
            _taken -= bytes;
            Admit();
        }
    }

    private void Admit()
    {
        while (_waiting.First?.Value is { } next && (_taken == 0 || next.Bytes <= capacity - _taken))
        {
            _waiting.RemoveFirst();
            _taken += next.Bytes;
            next.Admitted.SetResult();
        }
    }

    private sealed class Waiter(long bytes)
    {
        public long Bytes => bytes;

        public TaskCompletionSource Admitted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Lease(DecodingBudget budget, long bytes) : IDisposable
    {
        private DecodingBudget? _budget = budget;

        public void Dispose() => Interlocked.Exchange(ref _budget, null)?.GiveBack(bytes);
    }
}
