using Sensorium.Caching.Entries;
using Sensorium.Caching.Keys;
using Sensorium.Caching.Memory;
using Sensorium.Caching.Redis;

namespace Sensorium.Caching;

/// <summary>Memory, and behind it Redis where it is configured.</summary>
internal sealed class CacheLevels(MemoryLevel memory, SharedLevel? shared)
{
    public MemoryLevel Memory => memory;

    public SharedLevel? Shared => shared;

    public CacheEntry? FindInMemory(CacheKey key) => memory.Find(key);

    /// <summary>An entry with features also answers who wants none.</summary>
    public CacheEntry? FindInMemory(ItemKeys keys, bool withFeatures) =>
        memory.Find(keys.Of(withFeatures)) ?? (withFeatures ? null : memory.Find(keys.Features)?.WithoutFeatures());

    public void KeepInMemory(ItemKeys keys, bool withFeatures, CacheEntry entry) => memory.Store(keys.Of(withFeatures), entry, replace: false);

    /// <summary>
    /// Keeps a result in both levels. One with features is kept without them too, so that whoever wants the vector
    /// alone need not fetch the features; unless that is there already, so that nobody's vector changes by it.
    /// </summary>
    public void Store(ItemKeys keys, bool withFeatures, CacheEntry entry, bool replace)
    {
        Store(keys.Of(withFeatures), entry, replace: true);
        if (withFeatures)
        {
            Store(keys.Embedding, entry.WithoutFeatures(), replace);
        }
    }

    private void Store(CacheKey key, CacheEntry entry, bool replace)
    {
        memory.Store(key, entry, replace);
        shared?.Store(key, entry, replace);
    }
}
