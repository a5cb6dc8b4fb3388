using System.Buffers;
using System.Threading.Channels;
using Sensorium.Caching.Diagnostics;

namespace Sensorium.Caching.Redis;

/// <summary>
/// Writes behind the requests' backs, many values at a time. What does not fit into the queue, or comes while the store
/// is unavailable, is dropped and counted: it will be encoded and written again.
/// </summary>
internal sealed class SharedWriter : IAsyncDisposable
{
    private const int MaxWritesAtOnce = 32;
    private const long MaxBytesAtOnce = 4 << 20;

    // Nobody waits for a write, so that it may take longer than a read.
    private static readonly TimeSpan WriteTimeout = TimeSpan.FromSeconds(5);

    private readonly SharedCalls _calls;
    private readonly CacheOptions _options;
    private readonly CacheMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly Channel<PendingWrite> _queue = Channel.CreateUnbounded<PendingWrite>(new() { SingleReader = true });
    private readonly Task _draining;
    private long _pendingBytes;
    private int _pending;

    public SharedWriter(SharedCalls calls, CacheOptions options, CacheMetrics metrics, TimeProvider time)
    {
        (_calls, _options, _metrics, _time) = (calls, options, metrics, time);
        using (ExecutionContext.SuppressFlow())
        {
            _draining = Task.Run(DrainAsync);
        }
    }

    public int Pending => Volatile.Read(ref _pending);

    public void Enqueue(PendingWrite write)
    {
        if (Interlocked.Add(ref _pendingBytes, write.Bytes) > _options.MaxPendingWriteBytes)
        {
            Interlocked.Add(ref _pendingBytes, -write.Bytes);
            _metrics.CountDroppedWrite("full");
            return;
        }

        Interlocked.Increment(ref _pending);
        if (!_queue.Writer.TryWrite(write))
        {
            Settle([write]);
        }
    }

    /// <summary>Writes what is queued, for as long as shutdown may wait for it.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _draining.WaitAsync(_options.DrainTimeout, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task DrainAsync()
    {
        var batch = new List<PendingWrite>(MaxWritesAtOnce);
        while (await _queue.Reader.WaitToReadAsync())
        {
            batch.Clear();
            for (long bytes = 0; batch.Count < MaxWritesAtOnce && bytes < MaxBytesAtOnce && _queue.Reader.TryRead(out var write); bytes += write.Bytes)
            {
                batch.Add(write);
            }

            await WriteAsync(batch);
            Settle(batch);
        }
    }

    private async Task WriteAsync(List<PendingWrite> batch)
    {
        var (writes, rented) = (new List<SharedWrite>(batch.Count), new List<byte[]>(batch.Count));
        foreach (var write in batch)
        {
            if (write.Encode(_options.MaxValueBytes, out var buffer) is { } value)
            {
                writes.Add(value);
            }
            else
            {
                _metrics.CountDroppedWrite("too_large");
            }

            if (buffer is not null)
            {
                rented.Add(buffer);
            }
        }

        var written = await _calls.TryAsync("set", WriteTimeout, async store =>
        {
            await store.SetAsync(writes, _options.TimeToLive);
            return writes;
        });
        if (written is null)
        {
            // The buffers may still be on their way; they are left to the garbage collector.
            writes.ForEach(_ => _metrics.CountDroppedWrite("unavailable"));
            return;
        }

        _metrics.CountSharedBytes("written", writes.Sum(write => (long)write.Value.Length));
        rented.ForEach(buffer => ArrayPool<byte>.Shared.Return(buffer));
    }

    private void Settle(List<PendingWrite> batch)
    {
        Interlocked.Add(ref _pending, -batch.Count);
        Interlocked.Add(ref _pendingBytes, -batch.Sum(write => write.Bytes));
    }
}
