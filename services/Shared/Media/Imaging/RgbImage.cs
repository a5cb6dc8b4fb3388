using System.Buffers;

namespace Sensorium.Media.Imaging;

/// <summary>A decoded picture: 8-bit sRGB, interleaved, rows from the top without padding. Its buffer is pooled.</summary>
public sealed class RgbImage : IDisposable
{
    private byte[]? _buffer;

    public RgbImage(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        (Width, Height) = (width, height);
        _buffer = ArrayPool<byte>.Shared.Rent(ByteLength);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>[height, width, 3], row major.</summary>
    public Span<byte> Pixels => Buffer.AsSpan(0, ByteLength);

    public Memory<byte> Memory => Buffer.AsMemory(0, ByteLength);

    private int ByteLength => checked(Width * Height * 3);

    private byte[] Buffer => _buffer ?? throw new ObjectDisposedException(nameof(RgbImage));

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _buffer, null) is { } buffer)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
