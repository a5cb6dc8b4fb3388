using System.Diagnostics.Metrics;
using Sensorium.Caching.Keys;
using Sensorium.Caching.Memory;
using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Core.Modalities;

namespace Sensorium.Caching.Diagnostics;

/// <summary>What the cache counts, on the meter "Sensorium". Hits and misses are items, not requests.</summary>
internal sealed class CacheMetrics
{
    private readonly Counter<long> _hits;
    private readonly Counter<long> _misses;
    private readonly Counter<long> _coalesced;
    private readonly Counter<long> _errors;
    private readonly Counter<long> _droppedWrites;
    private readonly Counter<long> _sharedBytes;
    private readonly Histogram<double> _sharedDuration;

    public CacheMetrics(IMeterFactory meterFactory, MemoryLevel memory)
    {
        var meter = meterFactory.Create("Sensorium");
        _hits = meter.CreateCounter<long>("sensorium.cache.hits", "{item}", "Items that were found, by modality and level (memory, shared).");
        _misses = meter.CreateCounter<long>("sensorium.cache.misses", "{item}", "Items that had to be encoded, by modality.");
        _coalesced = meter.CreateCounter<long>("sensorium.cache.coalesced", "{item}", "Items that another request was encoding already, by modality.");
        _errors = meter.CreateCounter<long>("sensorium.cache.errors", "{error}", "Failures that became misses, by operation and reason.");
        _droppedWrites = meter.CreateCounter<long>("sensorium.cache.writes.dropped", "{value}", "Values that were not written to Redis, by reason.");
        _sharedBytes = meter.CreateCounter<long>("sensorium.cache.shared.io", "By", "Bytes of values to and from Redis, by direction (read, written).");
        _sharedDuration = meter.CreateHistogram<double>("sensorium.cache.shared.duration", "s", "How long one call to Redis took, by operation.");
        meter.CreateObservableGauge("sensorium.cache.memory.usage", () => memory.Bytes, "By", "Memory that entries take up.");
        meter.CreateObservableGauge("sensorium.cache.memory.size", () => memory.Count, "{entry}", "Entries in memory.");
        meter.CreateObservableCounter("sensorium.cache.memory.evictions", () => memory.Evictions, "{entry}", "Entries that left memory for others.");
    }

    /// <summary>Counts one item by the status that its request is told.</summary>
    public void CountItem(Modality modality, CacheStatus status)
    {
        var tag = new KeyValuePair<string, object?>("modality", ModalityTable.Of(modality).Name);
        switch (status)
        {
            case CacheStatus.HitMemory:
                _hits.Add(1, tag, new("level", "memory"));
                break;
            case CacheStatus.HitShared:
                _hits.Add(1, tag, new("level", "shared"));
                break;
            case CacheStatus.Miss:
                _misses.Add(1, tag);
                break;
            case CacheStatus.Coalesced:
                _coalesced.Add(1, tag);
                break;
        }
    }

    public void CountError(string operation, string reason) => _errors.Add(1, new("operation", operation), new("reason", reason));

    public void CountDroppedWrite(string reason) => _droppedWrites.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void CountSharedBytes(string direction, long bytes) => _sharedBytes.Add(bytes, new KeyValuePair<string, object?>("direction", direction));

    public void RecordShared(string operation, TimeSpan duration) =>
        _sharedDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("operation", operation));
}
