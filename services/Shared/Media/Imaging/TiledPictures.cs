namespace Sensorium.Media.Imaging;

/// <summary>Decoded pictures to the squares that a model reads, as Idefics3 cuts them.</summary>
public sealed class TiledPictures(TiledPictureConfig config)
{
    /// <summary>Raised whenever this code's output changes for equal parameters; part of the digest.</summary>
    private const int FormatVersion = 1;

    private readonly PictureProcessor _tile = new(config.Tile);

    public TiledPictureConfig Config => config;

    /// <summary>SHA-256 over all parameters.</summary>
    public string Digest { get; } = ParameterDigest.Of(new { FormatVersion, Config = config });

    /// <summary>What a batcher counts for one square.</summary>
    public int Patches => _tile.Patches;

    /// <summary>3 * side * side.</summary>
    public int OutputLength => _tile.OutputLength;

    /// <summary>The picture that squares are cut from: each side a multiple of theirs. Disposed by the caller; may be the given one.</summary>
    public RgbImage Scale(RgbImage image, CancellationToken cancellationToken)
    {
        var scaled = image;
        try
        {
            foreach (var size in Sizes(image.Width, image.Height))
            {
                var next = Resize(scaled, size, cancellationToken);
                if (!ReferenceEquals(scaled, image) && !ReferenceEquals(scaled, next))
                {
                    scaled.Dispose();
                }

                scaled = next;
            }

            return scaled;
        }
        catch
        {
            if (!ReferenceEquals(scaled, image))
            {
                scaled.Dispose();
            }

            throw;
        }
    }

    /// <summary>Rows and columns of squares; none for a picture that is no larger than one.</summary>
    public (int Rows, int Columns) GridOf(RgbImage scaled) =>
        config.Splits && (scaled.Width > config.Side || scaled.Height > config.Side) ? (scaled.Height / config.Side, scaled.Width / config.Side) : (0, 0);

    /// <summary>Writes the square of a place, which counts from 0.</summary>
    public void ProcessTile(RgbImage scaled, int row, int column, Span<float> target, CancellationToken cancellationToken)
    {
        var side = config.Side;
        using var tile = new RgbImage(side, side);
        for (var y = 0; y < side; y++)
        {
            scaled.Pixels.Slice(((((row * side) + y) * scaled.Width) + (column * side)) * 3, side * 3).CopyTo(tile.Pixels[(y * side * 3)..]);
        }

        _tile.Process(tile, target, cancellationToken);
    }

    /// <summary>Writes the whole picture, squashed to one square.</summary>
    public void ProcessWhole(RgbImage scaled, Span<float> target, CancellationToken cancellationToken) => _tile.Process(scaled, target, cancellationToken);

    // The reference scales twice, which is not the same as once.
    private IEnumerable<(int Width, int Height)> Sizes(int width, int height)
    {
        if (config.LongestEdge > 0)
        {
            (width, height) = WithLongestEdge(width, height);
            yield return (width, height);
        }

        if (config.Splits)
        {
            yield return InSquares(width, height);
        }
    }

    // The shorter side becomes an even number.
    private (int Width, int Height) WithLongestEdge(int width, int height)
    {
        var (edge, ratio) = (config.LongestEdge, (double)width / height);
        return width >= height ? (edge, Even((int)(edge / ratio))) : (Even((int)(edge * ratio)), edge);

        static int Even(int side) => Math.Max(1, side + (side % 2));
    }

    private (int Width, int Height) InSquares(int width, int height)
    {
        var ratio = (double)width / height;
        if (width >= height)
        {
            width = Multiple(width);
            return (width, Multiple((int)(width / ratio)));
        }

        height = Multiple(height);
        return (Multiple((int)(height * ratio)), height);
    }

    private int Multiple(int side) => Math.Max(1, (side + config.Side - 1) / config.Side) * config.Side;

    private RgbImage Resize(RgbImage image, (int Width, int Height) size, CancellationToken cancellationToken)
    {
        if (size == (image.Width, image.Height))
        {
            return image;
        }

        try
        {
            return SeparableResizer.Resize(image, AxisPart.Whole(size.Width), AxisPart.Whole(size.Height), config.Tile.Filter, cancellationToken);
        }
        catch (OutOfMemoryException)
        {
            throw MediaError.OutOfMemory();
        }
    }
}
