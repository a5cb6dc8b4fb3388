using Sensorium.Core.Encoding;
using Sensorium.Core.Generation.Decoding;

namespace Sensorium.Core.UnitTests.Generation.Fakes;

/// <summary>
/// A decoder whose logits are a hash of the memory and of all tokens that the row has been fed, so that any row that is
/// mixed up, fed twice or left behind gives other tokens.
/// </summary>
internal sealed class HashDecoder(int vocabulary = 12, int capacity = 40) : IDecoderBackend
{
    public const int Start = 1;
    public const int End = 2;
    private int _openMemories;

    public ModelIdentity Identity { get; } = new("hash", "revision", "fp32", "space", "digest", "cpu", "none");

    public DecoderShape Shape { get; } = new(vocabulary, capacity, FeatureWidth: 1, Explains: true);

    /// <summary>Called before every run, on the decoding thread, with the rows' memories and the tokens of each.</summary>
    public Action<IReadOnlyList<float>, int[]>? BeforeRun { get; set; }

    /// <summary>Makes every logit of such a memory infinite.</summary>
    public Func<float, bool> IsBroken { get; set; } = _ => false;

    public int LargestBatch { get; set; }

    /// <summary>What a memory says that it takes up; by default more than is ever kept.</summary>
    public long MemoryBytes { get; set; } = long.MaxValue / 2;

    /// <summary>Memories that have been read.</summary>
    public int MemoriesRead { get; private set; }

    /// <summary>Memories that were read and not disposed.</summary>
    public int OpenMemories => Volatile.Read(ref _openMemories);

    public IDecoderMemory Read(FeatureSequence fused)
    {
        Interlocked.Increment(ref _openMemories);
        MemoriesRead++;
        return new Memory(this, fused.Data.ToArray());
    }

    public IDecodeBatch CreateBatch(int paddedTokens, int maxRows) => new HashBatch(this, paddedTokens, maxRows);

    public void WarmUp()
    {
    }

    public void Dispose()
    {
    }

    /// <summary>Logits that follow these tokens, from -4 to 4.</summary>
    public float[] Logits(float memory, IReadOnlyList<int> tokens)
    {
        var hash = 14695981039346656037UL ^ BitConverter.SingleToUInt32Bits(memory);
        foreach (var token in tokens)
        {
            hash = (hash ^ (uint)token) * 1099511628211UL;
        }

        return [.. Enumerable.Range(0, Shape.VocabularySize).Select(id => IsBroken(memory) ? float.PositiveInfinity : Mix(hash + ((ulong)id * 0x9E3779B97F4A7C15UL)))];
    }

    private static float Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return ((value >> 40) * (8f / (1 << 24))) - 4;
    }

    internal sealed class Memory(HashDecoder owner, float[] features) : IDecoderMemory
    {
        private int _disposed;

        public float Value { get; } = features[0];

        public int Tokens { get; } = features.Length;

        public int PaddedTokens { get; } = (features.Length + 3) / 4 * 4;

        public long Bytes => owner.MemoryBytes;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                Interlocked.Decrement(ref owner._openMemories);
            }
        }
    }
}
