using System.Runtime.CompilerServices;

namespace Sensorium.Gateway.Operations.Indexing;

/// <summary>
/// Groups what has arrived. Nothing waits for a group to be full, and nothing is read ahead: what a caller sends faster than it can
/// be encoded stays in the connection's window.
/// </summary>
internal static class EntryBatches
{
    private const long MaxBytes = 16 << 20;

    public static async IAsyncEnumerable<IReadOnlyList<IndexEntry>> ReadAsync(
        IAsyncEnumerable<IndexEntry> entries, int maxItems, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var reader = entries.GetAsyncEnumerator(stop.Token);
        var next = reader.MoveNextAsync().AsTask();
        try
        {
            while (await next)
            {
                var batch = new List<IndexEntry>();
                var bytes = 0L;
                do
                {
                    batch.Add(reader.Current);
                    bytes += reader.Current.Bytes;
                    next = reader.MoveNextAsync().AsTask();
                }
                while (batch.Count < maxItems && bytes < MaxBytes && next.IsCompleted && await next);
                yield return batch;
            }
        }
        finally
        {
            // Whoever stopped early must not leave a read behind.
            await stop.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
