using Sensorium.Core.Encoding;
using Sensorium.Core.Generation.Decoding;

namespace Sensorium.Core.Generation.CrossAttention;

/// <summary>
/// What the decoder makes of media, kept for further captions of the same: whoever asks again about a picture gets its features
/// from the cache as the same object, and what was computed from it is at hand. Bounded in bytes, the least recently used
/// leaves first. Safe to use from several threads.
/// </summary>
internal sealed class CrossAttentionCaches(IDecoderBackend backend, long capacityBytes) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<object, LinkedListNode<Entry>> _byFeatures = new(ReferenceEqualityComparer.Instance);
    private readonly LinkedList<Entry> _byUse = [];
    private long _bytes;

    public CrossAttentionLease Read(FeatureSequence features)
    {
        if (Find(features) is { } known)
        {
            return known;
        }

        var cache = backend.Read(features);
        var bytes = cache.Bytes + (sizeof(float) * (long)features.Data.Length);
        lock (_gate)
        {
            var entry = new Entry(features, cache, bytes);
            if (bytes <= capacityBytes && !_byFeatures.ContainsKey(features))
            {
                entry.References++;
                _bytes += bytes;
                _byFeatures.Add(features, _byUse.AddFirst(entry));
                Shrink(capacityBytes);
            }

            return LeaseOf(entry);
        }
    }

    /// <summary>Lets go of all; what is still leased is freed when its leases end.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            Shrink(0);
        }
    }

    private CrossAttentionLease? Find(FeatureSequence features)
    {
        lock (_gate)
        {
            if (!_byFeatures.TryGetValue(features, out var node))
            {
                return null;
            }

            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return LeaseOf(node.Value);
        }
    }

    private CrossAttentionLease LeaseOf(Entry entry)
    {
        entry.References++;
        return new CrossAttentionLease(entry.Cache, () =>
        {
            lock (_gate)
            {
                entry.Release();
            }
        });
    }

    private void Shrink(long bytes)
    {
        while (_bytes > bytes)
        {
            var last = _byUse.Last!.Value;
            _byUse.RemoveLast();
            _byFeatures.Remove(last.Features);
            _bytes -= last.Bytes;
            last.Release();
        }
    }

    private sealed class Entry(FeatureSequence features, ICrossAttentionCache cache, long bytes)
    {
        public FeatureSequence Features => features;

        public ICrossAttentionCache Cache => cache;

        public long Bytes => bytes;

        public int References { get; set; }

        public void Release()
        {
            if (--References == 0)
            {
                cache.Dispose();
            }
        }
    }
}
