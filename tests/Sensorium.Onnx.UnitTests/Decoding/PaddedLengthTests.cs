using Sensorium.Onnx.Decoding;
using Xunit;

namespace Sensorium.Onnx.UnitTests.Decoding;

public sealed class PaddedLengthTests
{
    [Theory]
    [InlineData(1, 16)]
    [InlineData(16, 16)]
    [InlineData(17, 24)]
    [InlineData(63, 64)]
    [InlineData(64, 64)]
    [InlineData(65, 96)]
    [InlineData(97, 128)]
    [InlineData(129, 192)]
    public void Lengths_grow_by_a_half_and_a_third_in_turn(int tokens, int padded) => Assert.Equal(padded, PaddedLength.Of(tokens));

    [Fact]
    public void No_more_than_a_third_is_padding_and_few_lengths_differ()
    {
        var padded = Enumerable.Range(17, 4000).ToDictionary(tokens => tokens, PaddedLength.Of);

        Assert.All(padded, pair => Assert.InRange(pair.Value - pair.Key, 0, pair.Value / 3));
        Assert.InRange(padded.Values.Distinct().Count(), 1, 16);
    }
}
