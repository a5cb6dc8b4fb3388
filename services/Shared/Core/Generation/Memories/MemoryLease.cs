using Sensorium.Core.Generation.Decoding;

namespace Sensorium.Core.Generation.Memories;

/// <summary>The right to read a memory until it is disposed; others may read the same.</summary>
internal sealed class MemoryLease(IDecoderMemory memory, Action release) : IDisposable
{
    private int _released;

    public IDecoderMemory Memory { get; } = memory;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
        {
            release();
        }
    }
}
