using Sensorium.Media.Imaging;
using Xunit;

namespace Sensorium.Media.UnitTests.Imaging;

public sealed class VariantTests
{
    [Fact]
    public void Its_pixels_are_those_of_the_reference() => Assert.Null(new ImageDecoder(Decoding.Unbounded).Variant);
}
