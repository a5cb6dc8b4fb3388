using Sensorium.Caching.Entries;
using Sensorium.Caching.InFlight;
using Sensorium.Caching.Keys;
using Sensorium.Core.Encoding;

namespace Sensorium.Caching;

/// <summary>One request on its way through the cache, under one description of its encoder.</summary>
internal sealed class CachedRequest(EncodeBatch batch, KeyScope scope, TimeProvider time, long started)
{
    private readonly ItemKeys?[] _keys = new ItemKeys?[batch.Items.Count];
    private readonly EncodeOutcome?[] _outcomes = new EncodeOutcome?[batch.Items.Count];
    private readonly byte[] _reading = ReadingHash.Of(batch);
    private int _open = batch.Items.Count;

    public EncodeBatch Batch => batch;

    public KeyScope Scope => scope;

    /// <summary>Timestamp of the request's arrival.</summary>
    public long Started => started;

    public EncodeTiming Elapsed => new() { Total = time.GetElapsedTime(started) };

    public bool IsComplete => _open == 0;

    public bool HasAnswers => _open < _outcomes.Length;

    public bool IsToBeStored => batch.Cache is CacheMode.ReadWrite or CacheMode.Refresh;

    /// <summary>Once <see cref="IsComplete"/>: one outcome per item, in order.</summary>
    public IReadOnlyList<EncodeOutcome> Outcomes => _outcomes!;

    /// <summary>Null for an item that cannot be cached, and for one that memory answered.</summary>
    public ItemKeys? KeysAt(int index) => _keys[index];

    public void Answer(int index, EncodeOutcome outcome)
    {
        _outcomes[index] = outcome;
        _open--;
    }

    /// <summary>Answers what memory holds.</summary>
    public void LookUp(CacheLevels levels)
    {
        Span<byte> content = stackalloc byte[ContentHash.Bytes];
        for (var i = 0; i < _keys.Length; i++)
        {
            var item = batch.Items[i];
            if (!ContentHash.TryCompute(item.Source, content))
            {
                continue;
            }

            if (FindInMemory(levels, i, content) is { } entry)
            {
                Answer(i, entry.ToOutcome(item.ItemId, CacheStatus.HitMemory, Elapsed));
            }
        }
    }

    // A hit costs one key; only a miss needs the other.
    private CacheEntry? FindInMemory(CacheLevels levels, int index, ReadOnlySpan<byte> content)
    {
        var wanted = KeyOf(index, content, batch.WithFeatures ? OutputKind.Features : OutputKind.Embedding);
        if (batch.Cache != CacheMode.Refresh && levels.FindInMemory(wanted) is { } entry)
        {
            return entry;
        }

        var keys = batch.WithFeatures
            ? new ItemKeys(KeyOf(index, content, OutputKind.Embedding), wanted)
            : new ItemKeys(wanted, KeyOf(index, content, OutputKind.Features));
        _keys[index] = keys;
        return batch.Cache == CacheMode.Refresh ? null : levels.FindInMemory(keys, batch.WithFeatures);
    }

    private CacheKey KeyOf(int index, ReadOnlySpan<byte> content, OutputKind kind) =>
        scope.KeyOf(content, batch.Items[index], batch.MaxSegments, kind, _reading);

    /// <summary>The items that are not answered yet.</summary>
    public IReadOnlyList<WantedItem> Wanted()
    {
        var wanted = new List<WantedItem>(_open);
        for (var i = 0; i < _outcomes.Length; i++)
        {
            if (_outcomes[i] is null)
            {
                wanted.Add(Want(i));
            }
        }

        return wanted;
    }

    // A refresh computes anew, so it neither joins what is under way nor lets others join it.
    private WantedItem Want(int index) => (_keys[index], batch.Cache, batch.WithFeatures) switch
    {
        (null, _, _) or (_, CacheMode.Refresh, _) => new WantedItem(index, null, null),
        ({ } keys, _, true) => new WantedItem(index, keys.Features, null),
        ({ } keys, _, false) => new WantedItem(index, keys.Embedding, keys.Features),
    };
}
