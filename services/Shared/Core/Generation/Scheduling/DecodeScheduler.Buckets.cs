namespace Sensorium.Core.Generation.Scheduling;

/// <summary>The batches, one for each length of what is attended to.</summary>
internal sealed partial class DecodeScheduler
{
    private const int MostBuckets = 32;

    private LengthBucket BucketFor(int paddedTokens)
    {
        if (!_buckets.TryGetValue(paddedTokens, out var bucket))
        {
            DropIdle();
            bucket = new LengthBucket(
                _backend, paddedTokens, _options.MaxRunningSequences, PrefillChunk(), Metrics, _time, _logger);
            _buckets.Add(paddedTokens, bucket);
        }

        return bucket;
    }

    private int PrefillChunk() => _backend.Shape switch
    {
        { ReadsPromptsWhole: true } => int.MaxValue,
        { Converses: true } => _options.ConversationChunkTokens,
        _ => _options.PrefillChunkTokens,
    };

    // Where nothing is padded, there may be as many lengths as there are media.
    private void DropIdle()
    {
        if (_buckets.Count < MostBuckets)
        {
            return;
        }

        foreach (var (length, idle) in _buckets.Where(known => known.Value.UsedRows == 0).ToArray())
        {
            _buckets.Remove(length);
            idle.Dispose();
        }
    }

    private int UsedRows()
    {
        var rows = 0;
        foreach (var bucket in _buckets.Values)
        {
            rows += bucket.UsedRows;
        }

        return rows;
    }
}
