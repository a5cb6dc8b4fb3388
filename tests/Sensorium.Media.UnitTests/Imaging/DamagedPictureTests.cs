using Sensorium.Core.Errors;
using Sensorium.Media.Imaging;
using Xunit;

namespace Sensorium.Media.UnitTests.Imaging;

public sealed class DamagedPictureTests
{
    private const int Rounds = 300;
    private const long MaxPixels = 1_000_000;

    [Theory]
    [MemberData(nameof(TestPictures.Formats), MemberType = typeof(TestPictures))]
    public void A_damaged_picture_gives_a_picture_within_the_limit_or_an_error_that_blames_it(string format)
    {
        var intact = TestPictures.Encode(format);
        var random = new Random(20);
        for (var round = 0; round < Rounds; round++)
        {
            var damaged = Damage(intact, random);
            try
            {
                using var image = Decoding.Decode(damaged, new ImageLimits(MaxPixels, 10_000));
                Assert.InRange((long)image.Width * image.Height, 1, MaxPixels);
            }
            catch (SensoriumException error)
            {
                Assert.Equal(ErrorCode.InvalidArgument, error.Code);
            }
        }
    }

    internal static byte[] Damage(byte[] intact, Random random)
    {
        var damaged = (byte[])intact.Clone();
        for (var i = random.Next(1, 8); i > 0; i--)
        {
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
        }

        return random.Next(4) == 0 ? damaged[..random.Next(1, damaged.Length)] : damaged;
    }
}
