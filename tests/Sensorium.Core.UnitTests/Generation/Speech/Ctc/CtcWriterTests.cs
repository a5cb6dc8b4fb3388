using Sensorium.Core.Encoding;
using Sensorium.Core.Generation.Speech.Ctc;
using Xunit;

namespace Sensorium.Core.UnitTests.Generation.Speech.Ctc;

public sealed class CtcWriterTests
{
    // "_" is the blank, "?" stands for no text.
    private const string Letters = "_?|abcl";

    [Theory]
    [InlineData("aab", "ab")]
    [InlineData("a_a_b", "aab")]
    [InlineData("_l_ll__l", "lll")]
    [InlineData("a?b", "ab")]
    [InlineData("ab||_||c", "ab c")]
    [InlineData("|ab|", "ab")]
    [InlineData("__?_", "")]
    public void What_repeats_is_one_and_blanks_keep_apart(string frames, string text) => Assert.Equal(text, TextOf(Write(frames)));

    [Fact]
    public void Words_have_the_frames_of_their_letters_and_the_space_before_them()
    {
        var written = Write("__a_bb||_cc_");

        Assert.Equal([new CtcWord("ab", 2, 6), new CtcWord(" c", 9, 11)], written.Words);
        Assert.Equal([3, 4, 2, 5], written.Tokens.Select(token => token.Id));
    }

    [Fact]
    public void A_word_goes_on_into_the_next_window()
    {
        var writer = new CtcWriter(Model());
        writer.Read(Frames("a|bb"), 0, 4, 0);
        var first = writer.Take(all: false);

        // Two frames at its beginning were taken from the window before.
        writer.Read(Frames("||bba|c"), 2, 7, 2);
        var last = writer.Take(all: true);

        Assert.Equal([new CtcWord("a", 0, 1)], first.Words);
        Assert.Equal([new CtcWord(" ba", 2, 7), new CtcWord(" c", 8, 9)], last.Words);
    }

    [Fact]
    public void Without_delimiters_each_character_is_a_word_and_no_space_stands_between()
    {
        var writer = new CtcWriter(Model(delimiter: null));
        writer.Read(Frames("ab_c"), 0, 4, 0);

        Assert.Equal([new CtcWord("a", 0, 1), new CtcWord("b", 1, 2)], writer.Take(all: false).Words);
        Assert.Equal([new CtcWord("c", 3, 4)], writer.Take(all: true).Words);
    }

    [Fact]
    public void Tokens_are_as_likely_as_where_they_begin()
    {
        var token = Assert.Single(Write("aaa").Tokens);

        // One score of 2 among six of 0.
        Assert.Equal(2 - Math.Log(Math.Exp(2) + 6), token.LogProb, 1e-5);
    }

    private static CtcWords Write(string frames)
    {
        var writer = new CtcWriter(Model());
        writer.Read(Frames(frames), 0, frames.Length, 0);
        return writer.Take(all: true);
    }

    private static string TextOf(CtcWords written) => string.Concat(written.Words.Select(word => word.Text));

    private static CtcModel Model(int? delimiter = 2) =>
        new(["", "", "", "a", "b", "c", "l"], BlankId: 0, delimiter, TimeSpan.FromMilliseconds(20));

    private static FeatureSequence Frames(string frames)
    {
        var scores = new float[frames.Length * Letters.Length];
        for (var i = 0; i < frames.Length; i++)
        {
            scores[(i * Letters.Length) + Letters.IndexOf(frames[i], StringComparison.Ordinal)] = 2;
        }

        return new FeatureSequence(frames.Length, Letters.Length, scores);
    }
}
