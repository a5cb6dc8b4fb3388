using Sensorium.Core.Admission;

namespace Sensorium.Core.Batching;

/// <summary>
/// Entries by arrival, where each level of priority counts like having come earlier by the head start: an entry of low
/// priority waits longer, but not for ever. Not safe for concurrent use.
/// </summary>
/// <param name="headStart">Of one level of priority over the next, in timestamps as <see cref="BatchEntry{TInput, TOutput}.ArrivedAt"/>.</param>
internal sealed class BatchQueue<TInput, TOutput>(long headStart)
{
    private readonly LinkedList<BatchEntry<TInput, TOutput>>[] _levels =
        [.. Enumerable.Range(0, PriorityLevels.Count).Select(_ => new LinkedList<BatchEntry<TInput, TOutput>>())];

    public int Count { get; private set; }

    public long Work { get; private set; }

    public BatchEntry<TInput, TOutput>? First => InOrder().FirstOrDefault();

    public void Add(BatchEntry<TInput, TOutput> entry)
    {
        entry.Node = LevelOf(entry).AddLast(entry);
        Count++;
        Work += entry.Item.WorkUnits;
    }

    /// <summary>False if the entry is in no queue.</summary>
    public bool Remove(BatchEntry<TInput, TOutput> entry)
    {
        if (entry.Node is null || entry.Node.List != LevelOf(entry))
        {
            return false;
        }

        LevelOf(entry).Remove(entry.Node);
        entry.Node = null;
        Count--;
        Work -= entry.Item.WorkUnits;
        return true;
    }

    /// <summary>
    /// Takes the first entry, and those of its shape after it until one does not fit: no entry is overtaken by another of
    /// its shape and priority.
    /// </summary>
    public BatchEntry<TInput, TOutput>[] Take(BatcherOptions limits)
    {
        var (batch, _) = Select(limits);
        batch.ForEach(entry => Remove(entry));
        return [.. batch];
    }

    /// <summary>True if what waits makes a batch that more arrivals would not enlarge.</summary>
    public bool HasFullBatch(BatcherOptions limits) =>
        (Count >= limits.MaxBatchSize || (limits.MaxBatchWork > 0 && Work >= limits.MaxBatchWork)) && Select(limits).Full;

    public List<BatchEntry<TInput, TOutput>> RemoveAll()
    {
        var all = InOrder().ToList();
        all.ForEach(entry => Remove(entry));
        return all;
    }

    private LinkedList<BatchEntry<TInput, TOutput>> LevelOf(BatchEntry<TInput, TOutput> entry) => _levels[entry.Item.Priority.Level()];

    private IEnumerable<BatchEntry<TInput, TOutput>> InOrder()
    {
        LinkedListNode<BatchEntry<TInput, TOutput>>?[] heads = [.. _levels.Select(level => level.First)];
        while (FirstOf(heads) is var level and >= 0)
        {
            yield return heads[level]!.Value;
            heads[level] = heads[level]!.Next;
        }
    }

    private int FirstOf(LinkedListNode<BatchEntry<TInput, TOutput>>?[] heads)
    {
        var (first, least) = (-1, long.MaxValue);
        for (var level = 0; level < heads.Length; level++)
        {
            if (heads[level] is { } head && head.Value.ArrivedAt + (level * headStart) is var place && place < least)
            {
                (first, least) = (level, place);
            }
        }

        return first;
    }

    private (List<BatchEntry<TInput, TOutput>> Batch, bool Full) Select(BatcherOptions limits)
    {
        var batch = new List<BatchEntry<TInput, TOutput>>();
        long work = 0;
        foreach (var entry in InOrder())
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
