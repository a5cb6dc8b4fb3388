using System.Buffers;
using Sensorium.Caching.Diagnostics;
using Sensorium.Caching.Entries;
using Sensorium.Caching.Keys;
using Sensorium.Core.Encoding;

namespace Sensorium.Caching.Redis;

/// <summary>The entries that all processes share. Without it, or with it in trouble, everything is a miss.</summary>
internal sealed class SharedLevel(ISharedStore store, SharedCalls calls, SharedWriter writer, CacheOptions options, CacheMetrics metrics)
    : IAsyncDisposable
{
    public string Endpoint => store.Endpoint;

    public bool IsServing => !calls.IsOpen && store.IsConnected;

    public int PendingWrites => writer.Pending;

    /// <summary>Calls that never fail and never last.</summary>
    public SharedCalls Calls => calls;

    /// <summary>One entry per key, in order; null where there is none. Adds no more than the configured timeout.</summary>
    public async Task<CacheEntry?[]> FindAsync(IReadOnlyList<CacheKey> keys, ModelIdentity model)
    {
        var entries = new CacheEntry?[keys.Count];
        if (keys.Count == 0)
        {
            return entries;
        }

        var names = keys.Select(key => key.ToString()).ToArray();
        if (await calls.TryAsync("get", options.Timeout, s => s.GetAsync(names)) is not { } values)
        {
            return entries;
        }

        for (var i = 0; i < entries.Length; i++)
        {
            using var value = values[i];
            if (value is not null)
            {
                entries[i] = Decode(value, keys[i], names[i], model);
            }
        }

        return entries;
    }

    public void Store(CacheKey key, CacheEntry entry, bool replace) =>
        writer.Enqueue(new PendingWrite(key.ToString(), key, entry, null, replace, entry.Bytes));

    /// <summary>Null if there is nothing under this name, or no answer.</summary>
    public async Task<byte[]?> ReadAsync(string name, TimeSpan timeout)
    {
        using var value = (await calls.TryAsync("get", timeout, s => s.GetAsync([name])))?[0];
        return value?.Memory.ToArray();
    }

    public void Write(string name, byte[] value) => writer.Enqueue(new PendingWrite(name, default, null, value, true, value.Length));

    public async ValueTask DisposeAsync()
    {
        await writer.DisposeAsync();
        await store.DisposeAsync();
    }

    private CacheEntry? Decode(IMemoryOwner<byte> value, CacheKey key, string name, ModelIdentity model)
    {
        metrics.CountSharedBytes("read", value.Memory.Length);
        if (EntryCodec.Decode(value.Memory.Span, key, model) is { } entry)
        {
            return entry;
        }

        metrics.CountError("get", "corrupt");
        _ = calls.TryAsync("delete", options.Timeout, async s =>
        {
            await s.DeleteAsync(name);
            return name;
        });
        return null;
    }
}
