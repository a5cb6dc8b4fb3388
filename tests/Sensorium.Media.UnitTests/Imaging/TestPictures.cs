using Xunit;

namespace Sensorium.Media.UnitTests.Imaging;

/// <summary>Pictures that a formula draws.</summary>
internal static class TestPictures
{
    public const int Width = 64;
    public const int Height = 48;

    /// <summary>Every format that the library of this build reads and writes.</summary>
    public static TheoryData<string> Formats => [.. PictureEncoder.Formats];

    /// <summary>Red left half, blue right half, with the upper left quarter green.</summary>
    public static byte[] Quarters() => Draw(Width, Height, (x, y) => (x < Width / 2, y < Height / 2) switch
    {
        (true, true) => (10, 250, 10),
        (true, false) => (250, 10, 10),
        _ => (10, 10, 250),
    });

    public static byte[] Encode(string format) => PictureEncoder.Encode(format, Width, Height, Quarters());

    /// <summary>The quarters lying on their side, with the EXIF orientation that puts them upright.</summary>
    public static byte[] Turned()
    {
        var upright = Quarters();
        var turned = Draw(Height, Width, (x, y) =>
        {
            var at = (((Height - 1 - x) * Width) + y) * 3;
            return (upright[at], upright[at + 1], upright[at + 2]);
        });
        return PictureEncoder.Encode(".jpg", Height, Width, turned, orientation: 8);
    }

    /// <summary>Full of detail, so that the file is large.</summary>
    public static byte[] Noise(string format, int width, int height)
    {
        var random = new Random(7);
        return PictureEncoder.Encode(format, width, height, Draw(width, height, (_, _) =>
        {
            var grey = (byte)random.Next(60, 200);
            return (grey, grey, grey);
        }));
    }

    /// <summary>A whole grey PNG of any shape.</summary>
    public static byte[] Png(int width, int height, byte level = 128)
    {
        var row = new byte[width];
        Array.Fill(row, level);
        return PngFile.Write(width, height, 8, PngFile.Grey, Enumerable.Repeat(row, height));
    }

    /// <summary>The quarters in a PNG, each pixel as <paramref name="pixel"/> writes it.</summary>
    public static byte[] Png(byte bits, byte kind, Func<byte[], byte[]> pixel)
    {
        var rows = Quarters().Chunk(Width * 3).Select(row => row.Chunk(3).SelectMany(pixel).ToArray());
        return PngFile.Write(Width, Height, bits, kind, rows);
    }

    private static byte[] Draw(int width, int height, Func<int, int, (byte Red, byte Green, byte Blue)> at)
    {
        var result = new byte[width * height * 3];
        for (var i = 0; i < width * height; i++)
        {
            (result[i * 3], result[(i * 3) + 1], result[(i * 3) + 2]) = at(i % width, i / width);
        }

        return result;
    }
}
