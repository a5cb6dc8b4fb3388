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
    [InlineData(0.7f, -1.5f, true)]
    [InlineData(0.7f, -0.9f, false)]
    [InlineData(0.5f, -1.5f, false)]
    [InlineData(null, -1.5f, false)]
    public void An_unlikely_text_of_a_window_without_speech_is_silence(float? noSpeech, float meanLogProb, bool silence)
    {
        Assert.Equal(silence, (Usual with { MaxNoSpeechProb = TemperatureFallback.PublishedNoSpeechProb }).IsSilence(noSpeech, meanLogProb));
        Assert.False(Usual.IsSilence(noSpeech, meanLogProb));
    }

    [Theory]
    [InlineData(0f, new[] { 0f, 0.2f, 0.4f, 0.6f, 0.8f, 1f })]
    [InlineData(0.7f, new[] { 0.7f, 0.9f })]
    [InlineData(1f, new[] { 1f })]
    public void Temperatures_rise_to_1(float first, float[] expected) => Assert.Equal(expected, TemperatureFallback.From(first));

    [Theory]
    [InlineData(-0.1f, 2.4f, -1f, "temperatures[0]")]
    [InlineData(2.1f, 2.4f, -1f, "temperatures[0]")]
    [InlineData(0f, 0f, -1f, "max_compression_ratio")]
    [InlineData(0f, 2.4f, float.NaN, "min_mean_logprob")]
    public void What_is_out_of_range_is_named(float temperature, float ratio, float logProb, string named)
    {
        var error = Assert.Throws<SensoriumException>(() => new TemperatureFallback([temperature], ratio, logProb).Check(mostDrawn: 8));

        Assert.Equal(ErrorReasons.InvalidParameter, error.Reason);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1.1f, 1, "max_no_speech_prob")]
    [InlineData(-0.1f, 1, "max_no_speech_prob")]
    [InlineData(null, 0, "best_of")]
    [InlineData(null, 9, "best_of is 9; it must be from 1 to 8")]
    public void Silence_and_draws_out_of_range_are_named(float? noSpeech, int bestOf, string named)
    {
        var fallback = Usual with { MaxNoSpeechProb = noSpeech, BestOf = bestOf };

        Assert.Contains(named, Assert.Throws<SensoriumException>(() => fallback.Check(mostDrawn: 8)).Message, StringComparison.Ordinal);
    }
}
