using Sensorium.Caching.Entries;
using Sensorium.Caching.Keys;

namespace Sensorium.Caching.Memory;

/// <summary>The entries of this process: bounded in bytes, the least recently used leaves first.</summary>
/// <remarks>One lock, held for a look-up and the move of a list node: tens of nanoseconds.</remarks>
internal sealed class MemoryLevel(long capacityBytes)
{
    // One entry that filled the memory would throw out everything else for little.
    private const int MaxShareOfCapacity = 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<CacheKey, LinkedListNode<Slot>> _slots = [];
    private readonly LinkedList<Slot> _byUse = [];
    private long _bytes;
    private long _evictions;

    public long Bytes => Volatile.Read(ref _bytes);

    public long Evictions => Volatile.Read(ref _evictions);

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _slots.Count;
            }
        }
    }

    public CacheEntry? Find(CacheKey key)
    {
        lock (_lock)
        {
            if (!_slots.TryGetValue(key, out var node))
            {
                return null;
            }

            if (_byUse.First != node)
            {
                _byUse.Remove(node);
                _byUse.AddFirst(node);
            }

            return node.Value.Entry;
        }
    }

    /// <summary>False if the entry is too large to be kept.</summary>
    /// <param name="replace">False leaves an entry that is there already.</param>
    public bool Store(CacheKey key, CacheEntry entry, bool replace)
    {
        if (entry.Bytes > capacityBytes / MaxShareOfCapacity)
        {
            return false;
        }

        lock (_lock)
        {
            if (_slots.TryGetValue(key, out var existing))
            {
                if (!replace)
                {
                    return true;
                }

                Remove(existing);
            }

            _slots[key] = _byUse.AddFirst(new Slot(key, entry));
            _bytes += entry.Bytes;
            while (_bytes > capacityBytes)
            {
                Remove(_byUse.Last!);
                _evictions++;
            }
        }

        return true;
    }

    private void Remove(LinkedListNode<Slot> node)
    {
        _byUse.Remove(node);
        _slots.Remove(node.Value.Key);
        _bytes -= node.Value.Entry.Bytes;
    }

    private readonly record struct Slot(CacheKey Key, CacheEntry Entry);
}
