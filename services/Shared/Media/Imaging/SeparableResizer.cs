using System.Buffers;

namespace Sensorium.Media.Imaging;

/// <summary>
/// Resizes 8-bit RGB by convolution, first along rows, then along columns, with an 8-bit picture between: the order and the
/// rounding of Pillow's Image.resize, whose results it equals bit for bit.
/// </summary>
public static class SeparableResizer
{
    /// <summary>A new picture of the given size. The source is only read.</summary>
    public static RgbImage Resize(RgbImage source, int width, int height, ResampleFilter filter)
    {
        var result = new RgbImage(width, height);
        Resize(source.Pixels, source.Width, source.Height, result.Pixels, width, height, filter);
        return result;
    }

    private static void Resize(
        ReadOnlySpan<byte> source, int sourceWidth, int sourceHeight, Span<byte> target, int width, int height, ResampleFilter filter)
    {
        // An axis that keeps its length is not filtered.
        if (sourceWidth == width && sourceHeight == height)
        {
            source.CopyTo(target);
        }
        else if (sourceWidth == width)
        {
            ColumnPass.Run(source, width * 3, target, ResampleKernelCache.Get(sourceHeight, height, filter));
        }
        else if (sourceHeight == height)
        {
            RowPass.Run(source, sourceWidth, sourceHeight, target, ResampleKernelCache.Get(sourceWidth, width, filter));
        }
        else
        {
            ResizeBoth(source, sourceWidth, sourceHeight, target, width, height, filter);
        }
    }

    private static void ResizeBoth(
        ReadOnlySpan<byte> source, int sourceWidth, int sourceHeight, Span<byte> target, int width, int height, ResampleFilter filter)
    {
        var between = ArrayPool<byte>.Shared.Rent(checked(width * sourceHeight * 3));
        try
        {
            var rows = between.AsSpan(0, width * sourceHeight * 3);
            RowPass.Run(source, sourceWidth, sourceHeight, rows, ResampleKernelCache.Get(sourceWidth, width, filter));
            ColumnPass.Run(rows, width * 3, target, ResampleKernelCache.Get(sourceHeight, height, filter));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(between);
        }
    }
}
