using Sensorium.Media.Imaging;

namespace Sensorium.GoldenTests.Imaging;

/// <summary>The pictures of pillow_reference.py, drawn by the same formula.</summary>
internal static class DrawnPicture
{
    public static RgbImage Draw(int width, int height)
    {
        var image = new RgbImage(width, height);
        var pixels = image.Pixels;
        for (var y = 0L; y < height; y++)
        {
            for (var x = 0L; x < width; x++)
            {
                for (var c = 0L; c < 3; c++)
                {
                    pixels[(int)((((y * width) + x) * 3) + c)] = Value(x, y, c);
                }
            }
        }

        return image;
    }

    private static byte Value(long x, long y, long c)
    {
        var ramp = (x * (2 + c)) + (y * (3 - c));
        var checks = ((x / 7) + (y / 5)) % 2 * 90;
        var noise = ((x * 7919) + (y * 104729) + (c * 1299709) + (x * y * 31)) % 65537 % 61;
        return (byte)((ramp + checks + noise) % 256);
    }
}
