using Sensorium.Core.Errors;
using Sensorium.Media.Imaging;
using Xunit;

namespace Sensorium.Media.UnitTests.Imaging;

public sealed class ImageDecoderTests
{
    private const long NoLimit = 100_000_000;

    [Theory]
    [MemberData(nameof(TestPictures.Formats), MemberType = typeof(TestPictures))]
    public void Every_format_gives_the_picture(string format)
    {
        using var image = Decode(TestPictures.Encode(format));

        AssertQuarters(image);
    }

    [Fact]
    public void A_file_gives_the_picture_too()
    {
        var path = Path.GetTempFileName();
        File.WriteAllBytes(path, TestPictures.Encode(".png"));

        using var image = Decoding.Decode(MediaServices.File(path));

        AssertQuarters(image);
        File.Delete(path);
    }

    [Fact]
    public void Exif_orientation_is_followed()
    {
        using var image = Decode(TestPictures.Turned());

        AssertQuarters(image);
    }

    [Fact]
    public void Transparent_pixels_lie_over_white()
    {
        using var image = Decode(TestPictures.Png(8, PngFile.RgbAlpha, pixel => [.. pixel, 0]));

        Assert.True(image.Pixels.IndexOfAnyExcept((byte)255) < 0);
    }

    [Fact]
    public void Half_transparent_pixels_are_half_white()
    {
        using var image = Decode(TestPictures.Png(8, PngFile.RgbAlpha, _ => [255, 0, 0, 128]));

        Assert.Equal(255, image.Pixels[0]);
        Assert.InRange(image.Pixels[1], 126, 128);
        Assert.InRange(image.Pixels[2], 126, 128);
    }

    [Fact]
    public void Sixteen_bits_become_eight()
    {
        using var image = Decode(TestPictures.Png(16, PngFile.Rgb, pixel => [.. pixel.SelectMany(value => new[] { value, value })]));

        AssertQuarters(image);
    }

    [Fact]
    public void Grey_becomes_three_equal_channels()
    {
        using var image = Decode(TestPictures.Png(10, 10, 77));

        Assert.True(image.Pixels.IndexOfAnyExcept((byte)77) < 0);
        Assert.Equal(300, image.Pixels.Length);
    }

    [Fact]
    public void A_huge_picture_is_refused_by_its_header()
    {
        var bomb = PngFile.Bomb(60_000, 60_000);

        var error = Assert.Throws<SensoriumException>(() => Decode(bomb, 64_000_000));

        Assert.Equal((ErrorReasons.TooManyPixels, ErrorCode.InvalidArgument), (error.Reason, error.Code));
        Assert.Equal("3600000000", error.Metadata["pixels"]);
        Assert.Equal("64000000", error.Metadata["max_pixels"]);
    }

    /// <summary>A picture is the first frame; the others are not even looked at.</summary>
    [Fact]
    public void Ten_thousand_frames_cost_what_one_does()
    {
        byte[] frame = [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0];
        byte[] broken = [.. frame[..12], 0xFF, 0xFF, 0];

        using var image = Decode(Gif([.. Enumerable.Repeat(frame, 10_000)]));
        using var first = Decode(Gif([frame, .. Enumerable.Repeat(broken, 9_999)]));

        Assert.Equal((1, 1), (image.Width, image.Height));
        Assert.Equal((1, 1), (first.Width, first.Height));

        static byte[] Gif(byte[][] frames) =>
            [.. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 255, 255, 255, 255, 255, 255, .. frames.SelectMany(bytes => bytes), 0x3B];
    }

    [Fact]
    public void The_limit_itself_is_allowed()
    {
        using var image = Decode(TestPictures.Encode(".png"), TestPictures.Width * TestPictures.Height);

        Assert.Equal(TestPictures.Width, image.Width);
    }

    [Theory]
    [InlineData(".jpg", 0.5)]
    [InlineData(".jpg", 0.95)]
    [InlineData(".png", 0.5)]
    [InlineData(".webp", 0.5)]
    [InlineData(".gif", 0.5)]
    public void A_picture_that_is_cut_off_is_refused(string format, double kept)
    {
        var bytes = format == ".jpg" ? TestPictures.Noise(".jpg", 200, 150) : TestPictures.Encode(format);

        var error = Assert.Throws<SensoriumException>(() => Decode(bytes[..(int)(bytes.Length * kept)]));

        Assert.Contains(error.Reason, new[] { ErrorReasons.TruncatedMedia, ErrorReasons.UndecodableMedia });
        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
    }

    [Fact]
    public void A_jpeg_that_is_cut_off_is_called_truncated()
    {
        var bytes = TestPictures.Noise(".jpg", 200, 150);

        var error = Assert.Throws<SensoriumException>(() => Decode(bytes[..(bytes.Length / 2)]));

        Assert.Equal(ErrorReasons.TruncatedMedia, error.Reason);
    }

    [Theory]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"/>")]
    [InlineData("%PDF-1.4")]
    [InlineData("hello")]
    [InlineData("BM\u0001\0\0\0\0\0\0\0")]
    public void What_is_not_a_picture_is_undecodable(string content)
    {
        var error = Assert.Throws<SensoriumException>(() => Decode(System.Text.Encoding.UTF8.GetBytes(content)));

        Assert.Equal(ErrorReasons.UndecodableMedia, error.Reason);
    }

    [Fact]
    public void Nothing_is_empty()
    {
        var error = Assert.Throws<SensoriumException>(() => Decode([]));

        Assert.Equal(ErrorReasons.EmptyMedia, error.Reason);
    }

    private static RgbImage Decode(byte[] data, long maxPixels = NoLimit) =>
        Decoding.Decode(data, new ImageLimits(maxPixels, 65_535));

    private static void AssertQuarters(RgbImage image)
    {
        Assert.Equal((TestPictures.Width, TestPictures.Height), (image.Width, image.Height));
        Assert.Equal("green red blue", $"{Colour(image, 5, 5)} {Colour(image, 5, 40)} {Colour(image, 50, 20)}");
    }

    private static string Colour(RgbImage image, int x, int y)
    {
        var pixel = image.Pixels.Slice(((y * image.Width) + x) * 3, 3);
        return (pixel[0] > 128, pixel[1] > 128, pixel[2] > 128) switch
        {
            (true, false, false) => "red",
            (false, true, false) => "green",
            (false, false, true) => "blue",
            _ => $"({pixel[0]} {pixel[1]} {pixel[2]})",
        };
    }
}
