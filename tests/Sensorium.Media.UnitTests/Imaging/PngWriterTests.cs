using System.IO.Compression;
using Sensorium.Media.Imaging;
using Xunit;

namespace Sensorium.Media.UnitTests.Imaging;

public sealed class PngWriterTests
{
    [Theory]
    [InlineData(1, 1, CompressionLevel.Fastest)]
    [InlineData(37, 5, CompressionLevel.Fastest)]
    [InlineData(64, 200, CompressionLevel.SmallestSize)]
    public void A_picture_comes_back_as_it_was(int width, int height, CompressionLevel level)
    {
        var pixels = new byte[width * height * 3];
        new Random(3).NextBytes(pixels);

        var file = PngWriter.Write(pixels, width, height, level);

        using var read = Decoding.Decode(file);
        Assert.Equal((width, height), (read.Width, read.Height));
        Assert.Equal(pixels, read.Pixels.ToArray());
    }
}
