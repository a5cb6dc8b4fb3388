namespace Sensorium.Media.Imaging;

/// <summary>Decoded pictures to the float32 planes that a model reads: resize, crop, rescale, normalise.</summary>
public sealed class PictureProcessor
{
    /// <summary>Raised whenever this code's output changes for equal parameters; part of the digest.</summary>
    private const int FormatVersion = 1;

    private const int PatchSide = 16;

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

    /// <summary>Squares of 16 by 16 pixels, as a vision transformer cuts its input: what a batcher counts.</summary>
    public int Patches => Config.OutputWidth * Config.OutputHeight / (PatchSide * PatchSide);

    /// <summary>3 * height * width.</summary>
    public int OutputLength => 3 * Config.OutputWidth * Config.OutputHeight;

    /// <summary>Writes [3, height, width], row major, to <paramref name="target"/> (<see cref="OutputLength"/> numbers).</summary>
    public void Process(RgbImage image, Span<float> target, CancellationToken cancellationToken = default)
    {
        var (width, height) = Config.ResizedSize(image.Width, image.Height);
        var window = new CropWindow(width, height, Config.OutputWidth, Config.OutputHeight, isCentred: Config.PadWidth == 0);
        if (width == image.Width && height == image.Height)
        {
            _table.Apply(image, window, window.Columns.First, window.Rows.First, target[..OutputLength]);
            return;
        }

        // Only what the window shows is computed: a narrow picture scaled by its shorter side is of any length.
        using var resized = Resize(image, window, cancellationToken);
        _table.Apply(resized, window, 0, 0, target[..OutputLength]);
    }

    private RgbImage Resize(RgbImage image, CropWindow window, CancellationToken cancellationToken)
    {
        try
        {
            return SeparableResizer.Resize(image, window.Columns, window.Rows, Config.Filter, cancellationToken);
        }
        catch (OutOfMemoryException)
        {
            throw MediaError.OutOfMemory();
        }
    }
}
