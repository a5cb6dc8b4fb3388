using FsCheck;
using FsCheck.Fluent;
using Sensorium.Core.Generation.Text;
using Xunit;

namespace Sensorium.Core.UnitTests.Generation;

public sealed class CaptionTextTests
{
    private static readonly Gen<byte[]> Bytes = Gen.Elements("a", "b", "ab", " ", "é", "画", "🐈", "\u0000")
        .Select(text => System.Text.Encoding.UTF8.GetBytes(text))
        .Or(Gen.Choose(128, 255).Select(value => new[] { (byte)value }))
        .ListOf()
        .Select(parts => parts.SelectMany(part => part).ToArray());

    [Fact]
    public void However_bytes_are_cut_the_pieces_join_to_the_text_of_the_whole() =>
        Prop.ForAll(Bytes.ToArbitrary(), Gen.Choose(1, 4).ToArbitrary(), (bytes, size) =>
        {
            var text = new CaptionText([], trimsStart: false);
            var pieces = Feed(text, bytes, size);
            return string.Concat(pieces) == System.Text.Encoding.UTF8.GetString(bytes) && text.Text == string.Concat(pieces);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void However_bytes_are_cut_the_text_ends_before_the_stop_sequence() =>
        Prop.ForAll(Bytes.ToArbitrary(), Gen.Choose(1, 4).ToArbitrary(), (bytes, size) =>
        {
            var text = new CaptionText(["ba画"], trimsStart: false);
            var whole = System.Text.Encoding.UTF8.GetString(bytes);
            var stop = whole.IndexOf("ba画", StringComparison.Ordinal);
            return string.Concat(Feed(text, bytes, size)) == (stop < 0 ? whole : whole[..stop]) && text.Stopped == stop >= 0;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_may_begin_a_stop_sequence_is_held_back_until_it_is_certain()
    {
        var text = new CaptionText(["END", "NO"], trimsStart: false);

        Assert.Equal(["a", "", "", "ENx", "", ""], ((string[])["a", "E", "N", "x", "N", "O"]).Select(piece => text.Append(Utf8(piece))));
        Assert.True(text.Stopped);
        Assert.Equal("aENx", text.Text);
    }

    [Fact]
    public void Part_of_a_character_is_held_back_and_becomes_a_replacement_character_at_the_end()
    {
        var text = new CaptionText([], trimsStart: false);
        var cat = Utf8("🐈");

        Assert.Equal("", text.Append(cat.AsSpan(0, 3)));
        Assert.Equal("🐈", text.Append(cat.AsSpan(3)));
        Assert.Equal("", text.Append(cat.AsSpan(0, 2)));
        Assert.Equal("\uFFFD", text.Finish());
        Assert.Equal("🐈\uFFFD", text.Text);
    }

    [Theory]
    [InlineData(true, "a dog ")]
    [InlineData(false, "  a dog ")]
    public void Leading_white_space_is_dropped_where_no_prompt_is_continued(bool trims, string expected)
    {
        var text = new CaptionText([], trims);

        Assert.Equal(expected, string.Concat(Feed(text, Utf8("  a dog "), 1)));
    }

    [Fact]
    public void Of_two_stop_sequences_the_one_that_begins_first_counts()
    {
        var text = new CaptionText(["cd", "bc"], trimsStart: false);

        Assert.Equal("a", text.Append(Utf8("abcd")));
    }

    private static byte[] Utf8(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private static List<string> Feed(CaptionText text, byte[] bytes, int size)
    {
        var pieces = bytes.Chunk(size).Select(chunk => text.Append(chunk)).ToList();
        pieces.Add(text.Finish());
        return pieces;
    }
}
