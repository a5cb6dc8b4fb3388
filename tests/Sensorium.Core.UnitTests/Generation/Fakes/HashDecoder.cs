using Sensorium.Core.Encoding;
using Sensorium.Core.Generation.Decoding;

namespace Sensorium.Core.UnitTests.Generation.Fakes;

/// <summary>
/// A decoder whose logits are a hash of the media and of all tokens that the row has been fed, so that any row that is
/// mixed up, fed twice or left behind gives other tokens.
/// </summary>
internal sealed class HashDecoder(int vocabulary = 12, int capacity = 40, bool needsEqualLengths = false) : IDecoderBackend
{
    public const int Start = 1;
    public const int End = 2;
    private int _openCaches;

    public ModelIdentity Identity { get; } = new("hash", "revision", "fp32", "space", "digest", "cpu", "none");

    public DecoderShape Shape { get; } = new(vocabulary, capacity, FeatureWidth: 1, Explains: true) { NeedsEqualLengths = needsEqualLengths };

    /// <summary>Called before every run, on the decoding thread, with the rows' media and the tokens of each.</summary>
    public Action<IReadOnlyList<float>, int[]>? BeforeRun { get; set; }

    /// <summary>Makes every logit over such media infinite.</summary>
    public Func<float, bool> IsBroken { get; set; } = _ => false;

    public int LargestBatch { get; set; }

    /// <summary>What a cache says that it takes up; by default more than is ever kept.</summary>
    public long CacheBytes { get; set; } = long.MaxValue / 2;

    /// <summary>Caches that have been read.</summary>
    public int CachesRead { get; private set; }

    /// <summary>Caches that were read and not disposed.</summary>
    public int OpenCaches => Volatile.Read(ref _openCaches);

    public ICrossAttentionCache Read(FeatureSequence fused)
    {
        Interlocked.Increment(ref _openCaches);
        CachesRead++;
        return new CrossAttention(this, fused with { Data = fused.Data.ToArray() });
    }

    public IDecodeBatch CreateBatch(int paddedTokens, int maxRows) => new HashBatch(this, paddedTokens, maxRows);

    public void WarmUp()
    {
    }

    public void Dispose()
    {
    }

    /// <summary>Logits that follow these tokens, from -4 to 4.</summary>
    public float[] Logits(float media, IReadOnlyList<int> tokens)
    {
        var hash = 14695981039346656037UL ^ BitConverter.SingleToUInt32Bits(media);
        foreach (var token in tokens)
        {
            hash = (hash ^ (uint)token) * 1099511628211UL;
        }

        return [.. Enumerable.Range(0, Shape.VocabularySize).Select(id => IsBroken(media) ? float.PositiveInfinity : Mix(hash + ((ulong)id * 0x9E3779B97F4A7C15UL)))];
    }

    private static float Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return ((value >> 40) * (8f / (1 << 24))) - 4;
    }

    internal sealed class CrossAttention(HashDecoder owner, FeatureSequence features) : ICrossAttentionCache
    {
        private int _disposed;

        public FeatureSequence Features => features;

        public int Tokens => features.Data.Length;

        public int PaddedTokens => (features.Data.Length + 3) / 4 * 4;

        public long Bytes => owner.CacheBytes;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                Interlocked.Decrement(ref owner._openCaches);
            }
        }
    }
}
