using Sensorium.Core.Media;
using Sensorium.Gateway.Operations.Explanation.Drawing;
using Sensorium.Gateway.Operations.Explanation.Occlusion;
using Sensorium.Media.Imaging;

namespace Sensorium.Gateway.Operations.Explanation.Parts;

/// <summary>A picture in cells. A hidden cell has the picture's mean colour.</summary>
internal sealed class DividedPicture : IDividedMedium
{
    private readonly RgbImage _picture;
    private readonly GridLayout _layout;
    private readonly byte[] _mean;

    /// <param name="picture">Disposed with this.</param>
    /// <param name="grid">Rows, and columns; fewer where the picture has fewer pixels.</param>
    public DividedPicture(RgbImage picture, int grid)
    {
        _picture = picture;
        _layout = new GridLayout(Math.Min(grid, picture.Height), Math.Min(grid, picture.Width));
        _mean = MeanOf(picture.Pixels);
        Masks = SlidingMasks.Grid(_layout.Rows, _layout.Columns);
    }

    public PartLayout Layout => _layout;

    public IReadOnlyList<Mask> Masks { get; }

    public bool CanHideAll => true;

    public MediaItem Alter(string itemId, Mask mask)
    {
        var pixels = _picture.Pixels.ToArray();
        var hidden = mask.Hidden(_layout.Count);
        for (var cell = 0; cell < hidden.Length; cell++)
        {
            if (hidden[cell])
            {
                Fill(pixels, cell / _layout.Columns, cell % _layout.Columns);
            }
        }

        return new MediaItem(itemId, new InlineSource(PngWriter.Write(pixels, _picture.Width, _picture.Height)), Modality.Image, "image/png");
    }

    public Drawn Draw(IReadOnlyList<double> weights) => HeatMap.Draw(_picture, _layout, weights);

    public void Dispose() => _picture.Dispose();

    private void Fill(byte[] pixels, int row, int column)
    {
        var (left, right) = (_picture.Width * column / _layout.Columns, _picture.Width * (column + 1) / _layout.Columns);
        var bottom = _picture.Height * (row + 1) / _layout.Rows;
        for (var y = _picture.Height * row / _layout.Rows; y < bottom; y++)
        {
            for (var x = left; x < right; x++)
            {
                _mean.CopyTo(pixels, ((y * _picture.Width) + x) * _mean.Length);
            }
        }
    }

    private static byte[] MeanOf(ReadOnlySpan<byte> pixels)
    {
        var sums = new long[3];
        for (var i = 0; i < pixels.Length; i += sums.Length)
        {
            sums[0] += pixels[i];
            sums[1] += pixels[i + 1];
            sums[2] += pixels[i + 2];
        }

        var count = pixels.Length / sums.Length;
        return [.. sums.Select(sum => (byte)((sum + (count / 2)) / count))];
    }
}
