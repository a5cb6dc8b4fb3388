using Sensorium.Core.Generation.Speech;
using Xunit;

namespace Sensorium.Core.UnitTests.Generation.Speech;

public sealed class TokenAlignmentTests
{
    private const int Places = 60;

    [Fact]
    public void Tokens_begin_where_the_heads_begin_to_look()
    {
        // The prompt looks everywhere; four tokens look at fifteen places each, one after the other.
        float[][][] tokens = [Row(0, Places), Row(0, Places), .. Enumerable.Range(0, 4).Select(i => Row(i * 15, 15))];

        Assert.Equal([0, 15, 30, 45], TokenAlignment.Align(tokens, promptTokens: 2, Places));
    }

    [Fact]
    public void Silence_behind_the_sound_is_left_out()
    {
        float[][][] tokens = [Row(0, 20), Row(10, 10), Row(40, 20)];

        Assert.All(TokenAlignment.Align(tokens, promptTokens: 1, length: 20), start => Assert.InRange(start, 0, 19));
    }

    [Fact]
    public void What_was_not_fed_has_no_place() => Assert.Empty(TokenAlignment.Align([Row(0, Places)], promptTokens: 1, Places));

    // Two heads that look at the same.
    private static float[][] Row(int from, int count)
    {
        float[] weights = [.. Enumerable.Range(0, Places).Select(place => place >= from && place < from + count ? 1f / count : 0)];
        return [weights, weights];
    }
}
