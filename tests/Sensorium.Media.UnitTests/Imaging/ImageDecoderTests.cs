using NetVips;
using Sensorium.Core.Errors;
using Sensorium.Media.Imaging;
using Xunit;

namespace Sensorium.Media.UnitTests.Imaging;

public sealed class ImageDecoderTests
{
    private const long NoLimit = 100_000_000;

    [Theory]
    [InlineData(".png")]
    [InlineData(".jpg")]
    [InlineData(".webp")]
    [InlineData(".gif")]
    [InlineData(".tif")]
    [InlineData(".avif")]
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

        using var image = new ImageDecoder().Decode(MediaServices.File(path), new ImageLimits(NoLimit, 65_535), 0, 0, CancellationToken.None);

        AssertQuarters(image);
        File.Delete(path);
    }

    [Fact]
    public void Exif_orientation_is_followed()
    {
        using var picture = TestPictures.Quarters();
        using var turned = picture.Rot90().Mutate(image => image.Set(GValue.GIntType, "orientation", 8));

        using var image = Decode(turned.JpegsaveBuffer(q: 95));

        AssertQuarters(image);
    }

    [Fact]
    public void Transparent_pixels_lie_over_white()
    {
        using var picture = TestPictures.Quarters();
        using var transparent = picture.Bandjoin(0);

        using var image = Decode(transparent.WriteToBuffer(".png"));

        Assert.True(image.Pixels.IndexOfAnyExcept((byte)255) < 0);
    }

    [Fact]
    public void Sixteen_bits_become_eight()
    {
        using var picture = TestPictures.Quarters();
        using var wide = (picture * 257.0).Cast(Enums.BandFormat.Ushort).Copy(interpretation: Enums.Interpretation.Rgb16);

        using var image = Decode(wide.WriteToBuffer(".png"));

        AssertQuarters(image);
    }

    [Fact]
    public void Grey_becomes_three_equal_channels()
    {
        using var grey = (Image.Black(10, 10) + 77.0).Cast(Enums.BandFormat.Uchar);

        using var image = Decode(grey.WriteToBuffer(".png"));

        Assert.True(image.Pixels.IndexOfAnyExcept((byte)77) < 0);
        Assert.Equal(300, image.Pixels.Length);
    }

    [Fact]
    public void Cmyk_becomes_rgb()
    {
        using var paper = (Image.Black(32, 16, bands: 4) + 0.0).Cast(Enums.BandFormat.Uchar);
        using var ink = (Image.Black(16, 16, bands: 4) + new double[] { 0, 255, 255, 0 }).Cast(Enums.BandFormat.Uchar);
        using var cmyk = paper.Insert(ink, 0, 0).Copy(interpretation: Enums.Interpretation.Cmyk);

        using var image = Decode(cmyk.JpegsaveBuffer(q: 95));

        Assert.Equal("red", Colour(image, 4, 8));
        Assert.All(image.Pixels.Slice(28 * 3, 3).ToArray(), value => Assert.InRange(value, 240, 255));
    }

    [Fact]
    public void A_huge_picture_is_refused_by_its_header()
    {
        var bomb = TestPictures.PngHeader(60_000, 60_000);

        var error = Assert.Throws<SensoriumException>(() => Decode(bomb, 64_000_000));

        Assert.Equal((ErrorReasons.TooManyPixels, ErrorCode.InvalidArgument), (error.Reason, error.Code));
        Assert.Equal("3600000000", error.Metadata["pixels"]);
        Assert.Equal("64000000", error.Metadata["max_pixels"]);
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
        var bytes = format == ".jpg" ? TestPictures.Jpeg(200, 150) : TestPictures.Encode(format);

        var error = Assert.Throws<SensoriumException>(() => Decode(bytes[..(int)(bytes.Length * kept)]));

        Assert.Contains(error.Reason, new[] { ErrorReasons.TruncatedMedia, ErrorReasons.UndecodableMedia });
        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
    }

    [Fact]
    public void A_jpeg_that_is_cut_off_is_called_truncated()
    {
        var bytes = TestPictures.Jpeg(200, 150);

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
        new ImageDecoder().Decode(MediaServices.Bytes(data), new ImageLimits(maxPixels, 65_535), 0, 0, CancellationToken.None);

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
