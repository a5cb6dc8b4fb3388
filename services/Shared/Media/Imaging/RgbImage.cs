using System.Buffers;

namespace Sensorium.Media.Imaging;

/// <summary>A decoded picture: 8-bit sRGB, interleaved, rows from the top without padding. Disposing it frees its buffer.</summary>
public sealed class RgbImage : IDisposable
{
    /// <summary>A pool would keep what is larger; the system gets it back at once.</summary>
    private const int LargestPooled = 16 << 20;

    private IMemoryOwner<byte>? _owner;

    /// <summary>A picture of undefined content.</summary>
    public RgbImage(int width, int height)
        : this(width, height, Rent(checked(width * height * 3)))
    {
    }

    /// <param name="owner">At least width * height * 3 bytes; disposed with the picture.</param>
    internal RgbImage(int width, int height, IMemoryOwner<byte> owner)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        (Width, Height, _owner) = (width, height, owner);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>[height, width, 3], row major.</summary>
    public Span<byte> Pixels => Memory.Span;

    public Memory<byte> Memory =>
        (_owner ?? throw new ObjectDisposedException(nameof(RgbImage))).Memory[..checked(Width * Height * 3)];

    /// <summary>Disposed when the buffer is free.</summary>
    internal IDisposable? Lease { private get; set; }

    private static IMemoryOwner<byte> Rent(int bytes) =>
        bytes <= LargestPooled ? MemoryPool<byte>.Shared.Rent(bytes) : NativeMemoryOwner.Allocate(bytes);

    public void Dispose()
    {
        Interlocked.Exchange(ref _owner, null)?.Dispose();
        Lease?.Dispose();
    }
}
