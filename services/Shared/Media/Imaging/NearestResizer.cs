namespace Sensorium.Media.Imaging;

/// <summary>Takes for each pixel the one of the source under its middle. Places are summed up step by step, as Pillow does, so that they round alike.</summary>
internal static class NearestResizer
{
    public static void Fill(RgbImage source, RgbImage result, AxisPart columns, AxisPart rows, CancellationToken cancellationToken)
    {
        var from = Places(source.Width, columns);
        var lines = Places(source.Height, rows);
        for (var y = 0; y < lines.Length; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var line = source.Pixels.Slice(lines[y] * source.Width * 3, source.Width * 3);
            var target = result.Pixels.Slice(y * columns.Count * 3, columns.Count * 3);
            for (var x = 0; x < from.Length; x++)
            {
                line.Slice(from[x] * 3, 3).CopyTo(target[(x * 3)..]);
            }
        }
    }

    private static int[] Places(int length, AxisPart axis)
    {
        var step = (double)length / axis.Length;
        var at = step * 0.5;
        var places = new int[axis.Count];
        for (var i = 0; i < axis.First + axis.Count; i++)
        {
            if (i >= axis.First)
            {
                places[i - axis.First] = Math.Min((int)at, length - 1);
            }

            at += step;
        }

        return places;
    }
}
