using System.IO.Compression;
using Sensorium.Gateway.Operations.Explanation.Parts;
using Sensorium.Media.Imaging;

namespace Sensorium.Gateway.Operations.Explanation.Drawing;

/// <summary>A picture in grey, under red where it carries the score and blue where it speaks against it.</summary>
internal static class HeatMap
{
    /// <summary>How much of the strongest colour covers the picture.</summary>
    private const double Cover = 0.7;

    private static readonly byte[] For = [225, 40, 25];
    private static readonly byte[] Against = [40, 80, 220];

    public static Drawn Draw(RgbImage picture, GridLayout grid, IReadOnlyList<double> weights)
    {
        var largest = weights.Max(Math.Abs);
        var pixels = picture.Pixels.ToArray();
        for (var y = 0; y < picture.Height; y++)
        {
            var row = Place(y, picture.Height, grid.Rows);
            for (var x = 0; x < picture.Width; x++)
            {
                var weight = largest > 0 ? Between(weights, grid, row, Place(x, picture.Width, grid.Columns)) / largest : 0;
                Paint(pixels.AsSpan(((y * picture.Width) + x) * 3, 3), weight);
            }
        }

        return new Drawn(PngWriter.Write(pixels, picture.Width, picture.Height, CompressionLevel.SmallestSize), "image/png");
    }

    // In cells, counted from the middle of the first.
    private static double Place(int pixel, int pixels, int cells) => Math.Clamp(((pixel + 0.5) * cells / pixels) - 0.5, 0, cells - 1);

    private static double Between(IReadOnlyList<double> weights, GridLayout grid, double row, double column)
    {
        var (top, left) = ((int)row, (int)column);
        var (bottom, right) = (Math.Min(top + 1, grid.Rows - 1), Math.Min(left + 1, grid.Columns - 1));
        var upper = double.Lerp(weights[(top * grid.Columns) + left], weights[(top * grid.Columns) + right], column - left);
        var lower = double.Lerp(weights[(bottom * grid.Columns) + left], weights[(bottom * grid.Columns) + right], column - left);
        return double.Lerp(upper, lower, row - top);
    }

    private static void Paint(Span<byte> pixel, double weight)
    {
        var grey = ((299 * pixel[0]) + (587 * pixel[1]) + (114 * pixel[2])) / 1000;
        var colour = weight >= 0 ? For : Against;
        for (var i = 0; i < pixel.Length; i++)
        {
            pixel[i] = (byte)Math.Round(double.Lerp(grey, colour[i], Cover * Math.Abs(weight)));
        }
    }
}
