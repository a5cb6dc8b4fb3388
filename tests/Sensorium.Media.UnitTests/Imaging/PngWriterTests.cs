using System.IO.Compression;
using Sensorium.Media.Imaging;
using Sensorium.Media.Sources;
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

        using var read = new ImageDecoder(new DecodingBudget(1 << 20)).Decode(
            new MemoryMediaContent(file), new ImagingOptions().Limits, 0, 0, TestContext.Current.CancellationToken);
        Assert.Equal((width, height), (read.Width, read.Height));
        Assert.Equal(pixels, read.Pixels.ToArray());
    }
}
