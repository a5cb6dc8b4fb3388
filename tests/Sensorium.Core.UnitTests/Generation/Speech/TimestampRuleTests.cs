using Sensorium.Core.Generation.Rules;
using Xunit;

namespace Sensorium.Core.UnitTests.Generation.Speech;

/// <summary>Words 0 to 3, end 4, "no times" 5, times from 6 to 11.</summary>
public sealed class TimestampRuleTests
{
    private const int End = 4;
    private const int First = 6;

    [Fact]
    public void A_text_begins_with_a_time_that_is_not_too_late()
    {
        Assert.Equal([6, 7, 8, 9, 10, 11], Allowed([], maxInitial: null));
        Assert.Equal([6, 7, 8], Allowed([], maxInitial: 2));
    }

    [Fact]
    public void After_the_first_time_come_words() => Assert.Equal([0, 1, 2, 3, End], Allowed([6], likely: 0));

    [Fact]
    public void A_time_behind_words_is_followed_by_its_like_or_a_later_one_or_the_end() => Assert.Equal([End, 8, 9, 10, 11], Allowed([6, 1, 8], likely: End));

    [Fact]
    public void A_pair_is_followed_by_words() => Assert.Equal([0, 1, 2, 3, End], Allowed([6, 1, 8, 8], likely: 0));

    [Fact]
    public void Words_are_followed_by_words_or_a_later_time() => Assert.Equal([0, 1, 2, 3, End, 9, 10, 11], Allowed([6, 1, 8, 8, 2], likely: 1));

    [Fact]
    public void Where_times_together_are_likelier_than_every_word_a_time_comes() => Assert.Equal([9, 10, 11], Allowed([6, 1, 8, 8, 2]));

    // All logits are 0, but for one that is likelier than the others together.
    private static int[] Allowed(int[] text, int? likely = null, int? maxInitial = null)
    {
        var logits = new float[12];
        if (likely is { } id)
        {
            logits[id] = 9;
        }

        new TimestampRule(First, End, maxInitial).Apply(logits, [1, .. text], text.Length);
        return [.. logits.Index().Where(one => !float.IsNegativeInfinity(one.Item)).Select(one => one.Index)];
    }
}
