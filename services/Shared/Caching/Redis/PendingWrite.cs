using System.Buffers;
using Sensorium.Caching.Entries;
using Sensorium.Caching.Keys;

namespace Sensorium.Caching.Redis;

/// <summary>A value on its way to the shared store: an entry, which is encoded only when its turn comes, or bytes.</summary>
/// <param name="Bytes">What it holds in memory while it waits.</param>
internal readonly record struct PendingWrite(string Name, CacheKey Key, CacheEntry? Entry, byte[]? Raw, bool Replace, long Bytes)
{
    /// <summary>The stored form; null if it is longer than allowed.</summary>
    /// <param name="rented">To be given back to the shared pool once the value has been written; null if nothing was rented.</param>
    public SharedWrite? Encode(int maxBytes, out byte[]? rented)
    {
        rented = null;
        if (Raw is not null)
        {
            return new SharedWrite(Name, Raw, Replace);
        }

        var length = EntryCodec.Measure(Entry!);
        if (length > maxBytes)
        {
            return null;
        }

        rented = ArrayPool<byte>.Shared.Rent((int)length);
        EntryCodec.Encode(Entry!, Key, rented.AsSpan(0, (int)length));
        return new SharedWrite(Name, rented.AsMemory(0, (int)length), Replace);
    }
}
