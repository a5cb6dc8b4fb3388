using Sensorium.Core.Errors;
using Sensorium.Media.Imaging;
using Xunit;

namespace Sensorium.Media.UnitTests.Imaging;

public sealed class UnreadFormatTests
{
    [Theory]
    [InlineData("avif", "image/avif")]
    [InlineData("heic", "image/heic")]
    public void What_the_library_does_not_read_is_refused_by_name(string brand, string mediaType)
    {
        byte[] file = [0, 0, 0, 20, .. "ftyp"u8, .. System.Text.Encoding.ASCII.GetBytes(brand), 0, 0, 0, 0, .. "mif1"u8, 0, 0, 0, 8, .. "mdat"u8];

        var error = Assert.Throws<SensoriumException>(() => Decoding.Decode(file));

        Assert.Equal((ErrorReasons.UndecodableMedia, ErrorCode.InvalidArgument), (error.Reason, error.Code));
        Assert.Equal($"Pictures of type {mediaType} are not read by this build; send PNG, JPEG, WebP, GIF or TIFF.", error.Message);
    }
}
