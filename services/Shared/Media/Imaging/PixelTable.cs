namespace Sensorium.Media.Imaging;

/// <summary>
/// Rescaling and normalising as one look-up per byte. Entries are computed in the reference processors' order and precision:
/// times the factor in float64, rounded to float32, then minus the mean and over the deviation in float32.
/// </summary>
internal sealed class PixelTable
{
    private const int Values = 256;
    private readonly float[] _red;
    private readonly float[] _green;
    private readonly float[] _blue;
    private readonly bool _swapsChannels;
    private readonly bool _padsAfterwards;

    public PixelTable(PictureProcessorConfig config)
    {
        _swapsChannels = config.SwapsChannels;
        _padsAfterwards = config.PadWidth > 0;
        _red = Build(config, 0);
        _green = Build(config, 1);
        _blue = Build(config, 2);
    }

    /// <summary>What the picture does not cover is black, as CLIPImageProcessor has it, or zero where pictures are filled up at the end.</summary>
    /// <param name="left">Column of <paramref name="image"/> under the first that the window shows.</param>
    /// <param name="target">[3, window.Height, window.Width].</param>
    public void Apply(RgbImage image, CropWindow window, int left, int top, Span<float> target)
    {
        var plane = window.Width * window.Height;
        var red = target.Slice(_swapsChannels ? plane * 2 : 0, plane);
        var green = target.Slice(plane, plane);
        var blue = target.Slice(_swapsChannels ? 0 : plane * 2, plane);
        if (!window.IsFull)
        {
            red.Fill(_padsAfterwards ? 0 : _red[0]);
            green.Fill(_padsAfterwards ? 0 : _green[0]);
            blue.Fill(_padsAfterwards ? 0 : _blue[0]);
        }

        var count = window.Columns.Count;
        for (var y = 0; y < window.Rows.Count; y++)
        {
            var start = (((y + top) * image.Width) + left) * 3;
            var at = ((y + Math.Max(0, -window.Top)) * window.Width) + Math.Max(0, -window.Left);
            ApplyRow(image.Pixels.Slice(start, count * 3), red.Slice(at, count), green.Slice(at, count), blue.Slice(at, count));
        }
    }

    private void ApplyRow(ReadOnlySpan<byte> pixels, Span<float> red, Span<float> green, Span<float> blue)
    {
        for (var x = 0; x < red.Length; x++)
        {
            var pixel = pixels.Slice(x * 3, 3);
            red[x] = _red[pixel[0]];
            green[x] = _green[pixel[1]];
            blue[x] = _blue[pixel[2]];
        }
    }

    private static float[] Build(PictureProcessorConfig config, int channel)
    {
        var table = new float[Values];
        for (var value = 0; value < Values; value++)
        {
            var rescaled = (float)(value * config.RescaleFactor) + config.RescaleOffset;
            var normalised = (rescaled - config.Mean[channel]) / config.Deviation[channel];
            table[value] = config.DividesTwice ? normalised / config.Deviation[channel] : normalised;
        }

        return table;
    }
}
