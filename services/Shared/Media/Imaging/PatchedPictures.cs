using System.Buffers;
using System.Globalization;
using Sensorium.Core.Errors;

namespace Sensorium.Media.Imaging;

/// <summary>
/// Decoded pictures to the patches that a model reads, square by square of those that become one token: [frames, rows, columns, channel,
/// frame, y, x] with the patches of a square side by side.
/// </summary>
public sealed class PatchedPictures(PatchedPictureConfig config)
{
    /// <summary>Raised whenever this code's output changes for equal parameters; part of the digest.</summary>
    private const int FormatVersion = 1;

    private const int Channels = 3;
    private const int MostSlender = 200;

    private readonly PixelTable _table = new(config.Patch);

    public PatchedPictureConfig Config => config;

    /// <summary>SHA-256 over all parameters.</summary>
    public string Digest { get; } = ParameterDigest.Of(new { FormatVersion, Config = config });

    /// <summary>Numbers of one patch.</summary>
    public int Width => Channels * config.Frames * config.Side * config.Side;

    /// <summary>The patches of a picture of this size: whole squares, as near to its own size and shape as the limits of pixels allow.</summary>
    /// <exception cref="SensoriumException">TOO_MANY_PIXELS: it is too slender.</exception>
    public PatchGrid GridOf(int width, int height)
    {
        if (Math.Max(width, height) > (long)MostSlender * Math.Min(width, height))
        {
            throw new SensoriumException(ErrorCode.InvalidArgument, ErrorReasons.TooManyPixels, string.Create(
                CultureInfo.InvariantCulture, $"The picture is {width} x {height} pixels; one side may be at most {MostSlender} times the other."));
        }

        var square = config.Side * config.Merge;
        var (across, down) = (Squares(Math.Round((double)width / square)), Squares(Math.Round((double)height / square)));
        var pixels = across * down * square * square;
        if (pixels > config.MaxPixels)
        {
            var shrink = Math.Sqrt((double)width * height / config.MaxPixels);
            (across, down) = (Math.Max(1, Squares(Math.Floor(width / shrink / square))), Math.Max(1, Squares(Math.Floor(height / shrink / square))));
        }
        else if (pixels < config.MinPixels)
        {
            var stretch = Math.Sqrt(config.MinPixels / ((double)width * height));
            (across, down) = (Squares(Math.Ceiling(width * stretch / square)), Squares(Math.Ceiling(height * stretch / square)));
        }

        return new PatchGrid((int)down * config.Merge, (int)across * config.Merge);

        static long Squares(double count) => (long)count;
    }

    /// <summary>Writes a picture as the frames from <paramref name="first"/> on.</summary>
    /// <param name="grid">Of all frames.</param>
    /// <param name="target">Of all frames.</param>
    public void Process(RgbImage image, PatchGrid grid, int first, int count, Span<float> target, CancellationToken cancellationToken)
    {
        var (width, height) = (grid.Columns * config.Side, grid.Rows * config.Side);
        using var planes = MemoryPool<float>.Shared.Rent(Channels * width * height);
        var pixels = planes.Memory.Span[..(Channels * width * height)];
        Normalise(image, width, height, pixels, cancellationToken);
        for (var frame = first; frame < first + count; frame++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Cut(pixels, grid, frame % config.Frames, target.Slice(frame / config.Frames * grid.Patches * Width, grid.Patches * Width));
        }
    }

    private void Normalise(RgbImage image, int width, int height, Span<float> target, CancellationToken cancellationToken)
    {
        var window = new CropWindow(width, height, width, height, isCentred: true);
        if (width == image.Width && height == image.Height)
        {
            _table.Apply(image, window, 0, 0, target);
            return;
        }

        try
        {
            using var scaled = SeparableResizer.Resize(image, width, height, config.Patch.Filter, cancellationToken);
            _table.Apply(scaled, window, 0, 0, target);
        }
        catch (OutOfMemoryException)
        {
            throw MediaError.OutOfMemory();
        }
    }

    private void Cut(ReadOnlySpan<float> planes, PatchGrid grid, int frame, Span<float> target)
    {
        var (side, stride, plane) = (config.Side, grid.Columns * config.Side, grid.Patches * config.Side * config.Side);
        for (var patch = 0; patch < grid.Patches; patch++)
        {
            var (row, column) = PlaceOf(patch, grid);
            for (var channel = 0; channel < Channels; channel++)
            {
                var to = target.Slice((patch * Width) + (((channel * config.Frames) + frame) * side * side), side * side);
                var from = planes[((channel * plane) + (row * side * stride) + (column * side))..];
                for (var y = 0; y < side; y++)
                {
                    from.Slice(y * stride, side).CopyTo(to.Slice(y * side, side));
                }
            }
        }
    }

    // Squares row by row, and within them patches row by row.
    private (int Row, int Column) PlaceOf(int patch, PatchGrid grid)
    {
        var merge = config.Merge;
        var (square, inSquare) = Math.DivRem(patch, merge * merge);
        var (squareRow, squareColumn) = Math.DivRem(square, grid.Columns / merge);
        return ((squareRow * merge) + (inSquare / merge), (squareColumn * merge) + (inSquare % merge));
    }
}
