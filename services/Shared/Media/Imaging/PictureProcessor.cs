namespace Sensorium.Media.Imaging;

/// <summary>Decoded pictures to the float32 planes that a model reads: resize, crop, rescale, normalise.</summary>
public sealed class PictureProcessor
{
    /// <summary>Raised whenever this code's output changes for equal parameters; part of the digest.</summary>
    private const int FormatVersion = 1;

    private readonly PixelTable _table;

    public PictureProcessor(PictureProcessorConfig config)
    {
        Config = config;
        _table = new PixelTable(config);
        Digest = ParameterDigest.Of(new { FormatVersion, Config });
    }

    public PictureProcessorConfig Config { get; }

    /// <summary>SHA-256 over all parameters.</summary>
    public string Digest { get; }

    /// <summary>3 * height * width.</summary>
    public int OutputLength => 3 * Config.OutputWidth * Config.OutputHeight;

    /// <summary>Writes [3, height, width], row major, to <paramref name="target"/> (<see cref="OutputLength"/> numbers).</summary>
    public void Process(RgbImage image, Span<float> target)
    {
        var (width, height) = ResizedSize(image.Width, image.Height);
        if (width == image.Width && height == image.Height)
        {
            Finish(image, target);
            return;
        }

        using var resized = SeparableResizer.Resize(image, width, height, Config.Filter);
        Finish(resized, target);
    }

    private void Finish(RgbImage image, Span<float> target)
    {
        var window = new CropWindow(image.Width, image.Height, Config.OutputWidth, Config.OutputHeight);
        _table.Apply(image, window, target[..OutputLength]);
    }

    // The longer side is truncated, not rounded: so do the reference processors.
    private (int Width, int Height) ResizedSize(int width, int height)
    {
        if (!Config.DoResize)
        {
            return (width, height);
        }

        if (Config.ShortestEdge == 0)
        {
            return (Config.Width, Config.Height);
        }

        var edge = Config.ShortestEdge;
        return width <= height
            ? (edge, Math.Max(1, (int)((long)edge * height / width)))
            : (Math.Max(1, (int)((long)edge * width / height)), edge);
    }
}
