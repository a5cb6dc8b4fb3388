namespace Sensorium.Media.Imaging;

/// <summary>
/// Resizes 8-bit RGB by convolution, first along rows, then along columns, with an 8-bit picture between: the order and the
/// rounding of Pillow's Image.resize, whose results it equals bit for bit. Of the picture between, only the rows under one
/// output row are kept, so memory does not grow with the source.
/// </summary>
public static class SeparableResizer
{
    /// <summary>A new picture of the given size. The source is only read. Cancellation is looked at between output rows.</summary>
    public static RgbImage Resize(
        RgbImage source, int width, int height, ResampleFilter filter, CancellationToken cancellationToken = default) =>
        Resize(source, AxisPart.Whole(width), AxisPart.Whole(height), filter, cancellationToken);

    /// <summary>A part of the resized picture; what lies outside of it is not computed.</summary>
    internal static RgbImage Resize(
        RgbImage source, AxisPart columns, AxisPart rows, ResampleFilter filter, CancellationToken cancellationToken)
    {
        var result = new RgbImage(columns.Count, rows.Count);
        try
        {
            if (filter == ResampleFilter.Nearest)
            {
                NearestResizer.Fill(source, result, columns, rows, cancellationToken);
            }
            else
            {
                Fill(source, result, columns, rows, filter, cancellationToken);
            }

            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    private static void Fill(
        RgbImage source, RgbImage result, AxisPart columns, AxisPart rows, ResampleFilter filter, CancellationToken cancellationToken)
    {
        // An axis that keeps its length is not filtered.
        var acrossRows = columns.IsWhole && columns.Length == source.Width
            ? null
            : ResampleKernelCache.Shared.Get(source.Width, columns, filter);
        var stride = columns.Count * 3;
        if (rows.IsWhole && rows.Length == source.Height)
        {
            using var copied = new RowWindow(source, acrossRows, stride, RowWindow.RowsAtOnce);
            for (var row = 0; row < rows.Count; row++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                copied.Take(row, 1, cancellationToken).CopyTo(result.Pixels.Slice(row * stride, stride));
            }

            return;
        }

        var kernel = ResampleKernelCache.Shared.Get(source.Height, rows, filter);
        using var window = new RowWindow(source, acrossRows, stride, kernel.Taps);
        for (var row = 0; row < rows.Count; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var inputs = window.Take(kernel.Starts[row], kernel.Counts[row], cancellationToken);
            ColumnPass.Run(inputs, stride, result.Pixels.Slice(row * stride, stride), kernel, row);
        }
    }
}
