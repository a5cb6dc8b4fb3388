using Sensorium.Media.Imaging;
using Xunit;

namespace Sensorium.Media.UnitTests.Imaging;

public sealed class VariantTests
{
    [Fact]
    public void Its_pixels_have_a_name() => Assert.Equal("ImageSharp", new ImageDecoder(Decoding.Unbounded).Variant);
}
