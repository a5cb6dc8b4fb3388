using System.Buffers;
using System.Runtime.InteropServices;

namespace Sensorium.Hosting.Grpc.Mapping;

/// <summary>Shows float32 memory as bytes without copying. Every platform that .NET runs on is little endian.</summary>
internal sealed class FloatBytes(ReadOnlyMemory<float> floats) : MemoryManager<byte>
{
    private readonly Memory<float> _floats = MemoryMarshal.AsMemory(floats);

    public override Span<byte> GetSpan() => MemoryMarshal.AsBytes(_floats.Span);

    public override unsafe MemoryHandle Pin(int elementIndex = 0)
    {
        var handle = _floats.Pin();
        return new MemoryHandle((byte*)handle.Pointer + elementIndex, pinnable: new PinnedFloats(handle));
    }

    public override void Unpin()
    {
        // Each handle unpins itself.
    }

    protected override void Dispose(bool disposing)
    {
    }

    private sealed class PinnedFloats(MemoryHandle handle) : IPinnable
    {
        private MemoryHandle _handle = handle;

        public MemoryHandle Pin(int elementIndex) => throw new NotSupportedException();

        public void Unpin() => _handle.Dispose();
    }
}
