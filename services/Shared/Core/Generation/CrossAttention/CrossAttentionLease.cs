using Sensorium.Core.Generation.Decoding;

namespace Sensorium.Core.Generation.CrossAttention;

/// <summary>The right to read a cross-attention cache until it is disposed; others may read the same.</summary>
internal sealed class CrossAttentionLease(ICrossAttentionCache cache, Action release) : IDisposable
{
    private int _released;

    public ICrossAttentionCache Cache { get; } = cache;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
        {
            release();
        }
    }
}
