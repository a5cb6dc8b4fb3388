using System.Security.Cryptography;
using Sensorium.Core.Media;
using Xunit;

namespace Sensorium.Core.UnitTests.Media;

public sealed class InlineHashTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(1 << 20)]
    public void It_is_the_SHA_256_of_the_bytes(int length)
    {
        var data = new byte[length];
        new Random(1).NextBytes(data);

        Assert.Equal(SHA256.HashData(data), Hash(new InlineSource(data)));
    }

    [Fact]
    public void A_large_source_is_hashed_once_and_another_source_for_itself()
    {
        var data = new byte[1 << 20];
        var source = new InlineSource(data);
        var first = Hash(source);

        // Nobody may do this to a source; here it tells whether the bytes are read again.
        data[0] = 1;

        Assert.Equal(first, Hash(source));
        Assert.NotEqual(first, Hash(new InlineSource(data)));
    }

    private static byte[] Hash(InlineSource source)
    {
        var hash = new byte[SHA256.HashSizeInBytes];
        InlineHash.Write(source, hash);
        return hash;
    }
}
