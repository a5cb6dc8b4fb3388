using Sensorium.Core.Admission;
using Sensorium.Core.Tenancy;

namespace Sensorium.Core.Batching;

/// <summary>Entries in the order of a <see cref="FairQueue{T}"/>, taken in batches of one shape. Not safe for concurrent use.</summary>
/// <param name="headStart">Of one level of priority over the next, in timestamps as <see cref="BatchEntry{TInput, TOutput}.ArrivedAt"/>.</param>
internal sealed class BatchQueue<TInput, TOutput>(long headStart)
{
    private readonly FairQueue<BatchEntry<TInput, TOutput>> _entries = new(PriorityLevels.Count, headStart);

    public int Count => _entries.Count;

    public long Work { get; private set; }

    public BatchEntry<TInput, TOutput>? First => _entries.First?.Value;

    public void Add(BatchEntry<TInput, TOutput> entry)
    {
        var item = entry.Item;
        entry.Place = _entries.Add(entry, item.Tenant, item.Priority.Level(), item.WorkUnits, entry.ArrivedAt);
        Work += item.WorkUnits;
    }

    /// <summary>False if the entry is not in this queue.</summary>
    /// <param name="entry">Of any queue.</param>
    /// <param name="served">It goes on to its run, and counts against its tenant's share; else it was given up.</param>
    public bool Remove(BatchEntry<TInput, TOutput> entry, bool served)
    {
        if (entry.Place is null || !_entries.Remove(entry.Place, served))
        {
            return false;
        }

        entry.Place = null;
        Work -= entry.Item.WorkUnits;
        return true;
    }

    /// <summary>
    /// Takes the first entry, and those of its shape after it until one does not fit: no entry is overtaken by another of
    /// its shape, priority and tenant.
    /// </summary>
    public BatchEntry<TInput, TOutput>[] Take(BatcherOptions limits)
    {
        var (batch, _) = Select(limits);
        batch.ForEach(entry => Remove(entry, served: true));
        return [.. batch];
    }

    /// <summary>True if what waits makes a batch that more arrivals would not enlarge.</summary>
    public bool HasFullBatch(BatcherOptions limits) =>
        (Count >= limits.MaxBatchSize || (limits.MaxBatchWork > 0 && Work >= limits.MaxBatchWork)) && Select(limits).Full;

    public List<BatchEntry<TInput, TOutput>> RemoveAll()
    {
        var all = _entries.InOrder().Select(place => place.Value).ToList();
        all.ForEach(entry => Remove(entry, served: false));
        return all;
    }

    private (List<BatchEntry<TInput, TOutput>> Batch, bool Full) Select(BatcherOptions limits)
    {
        var batch = new List<BatchEntry<TInput, TOutput>>();
        long work = 0;
        foreach (var entry in _entries.InOrder().Select(place => place.Value))
        {
            if (batch.Count > 0 && entry.Item.ShapeKey != batch[0].Item.ShapeKey)
            {
                continue;
            }

            if (batch.Count > 0 && limits.MaxBatchWork > 0 && work + entry.Item.WorkUnits > limits.MaxBatchWork)
            {
                return (batch, true);
            }

            batch.Add(entry);
            work += entry.Item.WorkUnits;
            if (batch.Count == limits.MaxBatchSize)
            {
                return (batch, true);
            }
        }

        return (batch, limits.MaxBatchWork > 0 && work >= limits.MaxBatchWork);
    }
}
