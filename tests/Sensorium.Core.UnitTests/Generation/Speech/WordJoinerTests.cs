using Sensorium.Core.Generation.Speech;
using Sensorium.Core.Tokenization;
using Xunit;

namespace Sensorium.Core.UnitTests.Generation.Speech;

public sealed class WordJoinerTests
{
    [Theory]
    [InlineData("en", new[] { " Hel", "lo", ",", " wor", "ld", "!" }, " Hello,| world!")]
    [InlineData("en", new[] { " he", " said", " \"", "yes", "\"", "." }, " he| said| \"yes\".")]
    [InlineData("en", new[] { " it", "'s", " two", "-", "fold" }, " it's| two|-fold")]
    [InlineData("ja", new[] { "今日", "は", "。" }, "今日|は。")]
    public void Words_end_at_white_space_and_take_their_punctuation_with_them(string language, string[] tokens, string expected) =>
        Assert.Equal(expected, Join(language, [.. tokens.Select(token => System.Text.Encoding.UTF8.GetBytes(token))]));

    [Fact]
    public void A_character_of_several_tokens_is_not_split() => Assert.Equal(" é| a", Join("en", [[0x20, 0xC3], [0xA9], [0x20, 0x61]]));

    [Fact]
    public void Words_know_their_tokens()
    {
        var words = new WordJoiner(new Tokens([" a"u8.ToArray(), "b"u8.ToArray(), " c"u8.ToArray()])).Join([0, 1, 2], "en");

        Assert.Equal([(0, 1), (2, 2)], words.Select(word => (word.First, word.Last)));
    }

    private static string Join(string language, byte[][] tokens) =>
        string.Join('|', new WordJoiner(new Tokens(tokens)).Join([.. Enumerable.Range(0, tokens.Length)], language).Select(word => word.Text));

    private sealed class Tokens(byte[][] tokens) : ITokenizer
    {
        public int VocabularySize => tokens.Length;

        public int BosTokenId => 0;

        public int EosTokenId => 0;

        public IReadOnlyList<int> Encode(string text) => throw new NotSupportedException();

        public ReadOnlyMemory<byte> TokenBytes(int tokenId) => tokens[tokenId];
    }
}
