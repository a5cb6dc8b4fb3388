using System.Buffers;
using System.Runtime.InteropServices;

namespace Sensorium.Media.Imaging;

/// <summary>Lets a native library's buffer be used as memory, without copying it.</summary>
internal sealed unsafe class NativeMemoryOwner(nint pointer, int length, Action<nint> free) : MemoryManager<byte>
{
    private nint _pointer = pointer;

    /// <summary>Memory of undefined content. Throws <see cref="OutOfMemoryException"/>.</summary>
    public static NativeMemoryOwner Allocate(int length) =>
        new((nint)NativeMemory.Alloc((nuint)length), length, pointer => NativeMemory.Free((void*)pointer));

    /// <summary>Whether so many bytes could be had now.</summary>
    public static bool IsAvailable(long length)
    {
        try
        {
            NativeMemory.Free(NativeMemory.Alloc((nuint)length));
            return true;
        }
        catch (OutOfMemoryException)
        {
            return false;
        }
    }

    public override Span<byte> GetSpan() =>
        _pointer == 0 ? throw new ObjectDisposedException(nameof(NativeMemoryOwner)) : new Span<byte>((void*)_pointer, length);

    public override MemoryHandle Pin(int elementIndex = 0) => new((byte*)_pointer + elementIndex);

    public override void Unpin()
    {
        // Native memory does not move.
    }

    protected override void Dispose(bool disposing)
    {
        if (Interlocked.Exchange(ref _pointer, 0) is var pointer and not 0)
        {
            free(pointer);
        }
    }
}
