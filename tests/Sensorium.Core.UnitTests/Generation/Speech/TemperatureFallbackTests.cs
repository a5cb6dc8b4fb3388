using Sensorium.Core.Errors;
using Sensorium.Core.Generation.Speech;
using Xunit;

namespace Sensorium.Core.UnitTests.Generation.Speech;

public sealed class TemperatureFallbackTests
{
    private static readonly TemperatureFallback Usual = new([0, 0.5f]);

    [Theory]
    [InlineData("Ask not what your country can do for you.", -0.3f, true)]
    [InlineData("Ask not what your country can do for you.", -1f, true)]
    [InlineData("Ask not what your country can do for you.", -1.01f, false)]
    [InlineData("", -0.3f, true)]
    public void A_text_is_trusted_while_its_tokens_are_likely(string text, float meanLogProb, bool trusted) =>
        Assert.Equal(trusted, Usual.Accepts(text, meanLogProb));

    [Fact]
    public void A_text_that_repeats_itself_is_not_trusted() =>
        Assert.False(Usual.Accepts(string.Concat(Enumerable.Repeat("thank you. ", 12)), -0.1f));


    [Theory]
    [InlineData(-0.1f, 2.4f, -1f, "temperatures[0]")]
    [InlineData(2.1f, 2.4f, -1f, "temperatures[0]")]
    [InlineData(0f, 0f, -1f, "max_compression_ratio")]
    [InlineData(0f, 2.4f, float.NaN, "min_mean_logprob")]
    public void What_is_out_of_range_is_named(float temperature, float ratio, float logProb, string named)
    {
        var error = Assert.Throws<SensoriumException>(() => new TemperatureFallback([temperature], ratio, logProb).Check());

        Assert.Equal(ErrorReasons.InvalidParameter, error.Reason);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }
}
