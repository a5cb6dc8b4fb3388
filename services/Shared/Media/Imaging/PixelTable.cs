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

    public PixelTable(PictureProcessorConfig config)
    {
        _red = Build(config, 0);
        _green = Build(config, 1);
        _blue = Build(config, 2);
    }

    /// <param name="left">Column of <paramref name="image"/> under the first that the window shows.</param>
    /// <param name="target">[3, window.Height, window.Width].</param>
    public void Apply(RgbImage image, CropWindow window, int left, int top, Span<float> target)
    {
        var plane = window.Width * window.Height;
        var red = target[..plane];
        var green = target.Slice(plane, plane);
        var blue = target.Slice(plane * 2, plane);
        if (window.Left < 0 || window.Top < 0)
        {
            red.Fill(_red[0]);
            green.Fill(_green[0]);
            blue.Fill(_blue[0]);
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
            var rescaled = (float)(value * config.RescaleFactor);
            table[value] = (rescaled - config.Mean[channel]) / config.Deviation[channel];
        }

        return table;
    }
}
