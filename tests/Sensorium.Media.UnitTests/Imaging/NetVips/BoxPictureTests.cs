using NetVips;
using Sensorium.Media.Sniffing;
using Xunit;

namespace Sensorium.Media.UnitTests.Imaging;

/// <summary>What libvips reads and the other library does not.</summary>
public sealed class BoxPictureTests
{
    [Fact]
    public void A_picture_that_says_so_in_its_compatible_brands_alone_is_decoded()
    {
        var avif = TestPictures.Encode(".avif");
        "miaf"u8.CopyTo(avif.AsSpan(8));

        Assert.Equal("image/avif", MagicNumbers.Identify(avif)?.MediaType);
        using var image = Decoding.Decode(avif);
        Assert.Equal((TestPictures.Width, TestPictures.Height), (image.Width, image.Height));
    }

    [Fact]
    public void Cmyk_becomes_rgb()
    {
        using var paper = (Image.Black(32, 16, bands: 4) + 0.0).Cast(Enums.BandFormat.Uchar);
        using var ink = (Image.Black(16, 16, bands: 4) + new double[] { 0, 255, 255, 0 }).Cast(Enums.BandFormat.Uchar);
        using var cmyk = paper.Insert(ink, 0, 0).Copy(interpretation: Enums.Interpretation.Cmyk);

        using var image = Decoding.Decode(cmyk.JpegsaveBuffer(q: 95));

        var red = image.Pixels.Slice(((8 * 32) + 4) * 3, 3).ToArray();
        Assert.True(red is [> 128, < 128, < 128], string.Join(' ', red));
        Assert.All(image.Pixels.Slice(28 * 3, 3).ToArray(), value => Assert.InRange(value, 240, 255));
    }
}
