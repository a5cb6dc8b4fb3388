using Sensorium.Core.Tokenization;
using Sensorium.Tokenization.UnitTests.Oracle;
using Xunit;

namespace Sensorium.Tokenization.UnitTests;

public sealed class EncodingTests : IDisposable
{
    private readonly TokenizerFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_pair_for_bert_has_types_separators_and_places()
    {
        var tokenizer = Load("bert");

        var encoding = tokenizer.Encode("Hello worldly", "Çay?", new TokenizerOptions { Offsets = true });

        Assert.Equal(["[CLS]", "hello", "world", "##ly", "[SEP]", "ca", "##y", "?", "[SEP]"], encoding.Ids.Select(tokenizer.TokenText));
        Assert.Equal([0, 0, 0, 0, 0, 1, 1, 1, 1], encoding.TypeIds);
        Assert.Equal([-1, 0, 0, 0, -1, 1, 1, 1, -1], encoding.Sequences);
        Assert.Equal(
            [new(0, 0), new(0, 5), new(6, 11), new(11, 13), new(0, 0), new(0, 2), new(2, 3), new(3, 4), new(0, 0)], encoding.Offsets!);
    }

    [Fact]
    public void A_pair_for_roberta_has_two_separators_between_and_one_type()
    {
        var tokenizer = Load("roberta");

        var encoding = tokenizer.Encode("a", "a", new TokenizerOptions());

        Assert.Equal(["<s>", "Ġa", "</s>", "</s>", "Ġa", "</s>"], encoding.Ids.Select(tokenizer.TokenText));
        Assert.All(encoding.TypeIds, type => Assert.Equal(0, type));
    }

    [Fact]
    public void A_pair_for_a_template_follows_the_template()
    {
        var tokenizer = Load("t5");

        var encoding = tokenizer.Encode("a", "a", new TokenizerOptions());

        Assert.Equal(["▁a", "</s>", "▁a", "</s>"], encoding.Ids.Select(tokenizer.TokenText));
        Assert.Equal([0, 0, 1, 0], encoding.TypeIds);
    }

    [Fact]
    public void Special_tokens_within_a_callers_words_are_words()
    {
        var tokenizer = Load("qwen");
        const string Text = "<|end|> a <|end|>";

        TokenEncoding Encode(params TextSpan[] words) =>
            tokenizer.Encode(Text, null, new TokenizerOptions { AddSpecialTokens = false, AddedTokens = AddedTokenMatching.All, Words = words });

        tokenizer.TryGetId("<|end|>", out var end);
        Assert.Equal(2, Encode().Ids.Count(id => id == end));
        Assert.Equal(end, Assert.Single(Encode(new TextSpan(10, 11)).Ids, id => id == end));
        Assert.NotEqual(end, Encode(new TextSpan(0, 1)).Ids[0]);
        Assert.DoesNotContain(end, Encode(new TextSpan(0, 1), new TextSpan(16, 17)).Ids);
    }

    [Fact]
    public void Nothing_is_added_where_nothing_is_asked_for() =>
        Assert.Equal(["hello"], Ids(Load("bert"), "hello", new TokenizerOptions { AddSpecialTokens = false }));

    [Theory]
    [InlineData(AddedTokenMatching.None, "a <tool_call> <|end|>", 0)]
    [InlineData(AddedTokenMatching.Ordinary, "a <tool_call> <|end|>", 1)]
    [InlineData(AddedTokenMatching.All, "a <tool_call> <|end|>", 2)]
    public void Added_tokens_are_found_only_where_allowed(AddedTokenMatching matching, string text, int found)
    {
        var ids = Ids(Load("qwen"), text, new TokenizerOptions { AddSpecialTokens = false, AddedTokens = matching });

        Assert.Equal(found, ids.Count(token => token is "<tool_call>" or "<|end|>"));
    }

    [Theory]
    [InlineData(TruncationStrategy.LongestFirst, false, "a b c d e", "x", 6, "a b x")]
    [InlineData(TruncationStrategy.LongestFirst, true, "a b c d e", "x", 6, "d e x")]
    [InlineData(TruncationStrategy.LongestFirst, false, "a b c d", "w x y z", 8, "a b w x y")]
    [InlineData(TruncationStrategy.OnlyFirst, false, "a b c d e", "x y", 7, "a b x y")]
    [InlineData(TruncationStrategy.OnlySecond, false, "a b c", "x y z", 7, "a b c x")]
    public void Truncation_leaves_room_for_special_tokens(
        TruncationStrategy strategy, bool fromLeft, string text, string pair, int limit, string expected)
    {
        var tokenizer = Load("bert");

        var encoding = tokenizer.Encode(text, pair, new TokenizerOptions { Truncation = new Truncation(limit, strategy, fromLeft) });

        var kept = encoding.Ids.Where((_, index) => encoding.Sequences[index] >= 0).Select(tokenizer.TokenText);
        Assert.Equal(expected, string.Join(' ', kept));
        Assert.Equal(limit, encoding.Ids.Count);
        Assert.Equal(text.Split(' ').Length + pair.Split(' ').Length + 3, encoding.FullCount);
    }

    [Fact]
    public void Truncation_that_may_not_drop_enough_is_refused_with_the_counts()
    {
        var options = new TokenizerOptions { Truncation = new Truncation(5, TruncationStrategy.OnlySecond) };

        var error = Assert.Throws<ArgumentException>(() => Load("bert").Encode("a b c d e", "x", options));

        Assert.Contains("9 tokens of at most 5", error.Message);
    }

    [Theory]
    [InlineData(6, 1, false, new[] { 1, 1, 1, 0, 0, 0 })]
    [InlineData(6, 1, true, new[] { 0, 0, 0, 1, 1, 1 })]
    [InlineData(null, 4, false, new[] { 1, 1, 1, 0 })]
    [InlineData(2, 1, false, new[] { 1, 1, 1 })]
    public void Padding_fills_up_and_is_masked(int? length, int multiple, bool onLeft, int[] mask)
    {
        var encoding = Load("bert").Encode("a", null, new TokenizerOptions { Padding = new Padding(length, 7, 0, multiple, onLeft) });

        Assert.Equal(mask, encoding.AttentionMask);
        Assert.All(encoding.Ids.Zip(mask), row => Assert.Equal(row.Second == 0, row.First == 7));
    }

    [Fact]
    public void Truncation_and_padding_of_the_file_can_be_asked_for()
    {
        var json = TokenizerFiles.Kinds["bert"]()
            .Replace("\"truncation\":null", "\"truncation\":{\"direction\":\"Left\",\"max_length\":4,\"strategy\":\"OnlyFirst\",\"stride\":0}", StringComparison.Ordinal)
            .Replace("\"padding\":null", "\"padding\":{\"strategy\":{\"Fixed\":6},\"direction\":\"Right\",\"pad_to_multiple_of\":null,\"pad_id\":0,\"pad_type_id\":0,\"pad_token\":\"[PAD]\"}", StringComparison.Ordinal);
        var tokenizer = _folder.Load(json);

        Assert.Equal(new Truncation(4, TruncationStrategy.OnlyFirst, FromLeft: true), tokenizer.Truncation);
        Assert.Equal(
            ["[CLS]", "b", "c", "[SEP]", "[PAD]", "[PAD]"],
            Ids(tokenizer, "a b c", new TokenizerOptions { Truncation = tokenizer.Truncation, Padding = tokenizer.Padding }));
    }

    [Fact]
    public void Places_are_units_of_the_callers_text_through_normalization_and_bytes()
    {
        const string text = "  Cafe\u0301 😀x";
        var tokenizer = Load("gpt2");

        var encoding = tokenizer.Encode(text, null, new TokenizerOptions { Offsets = true });

        Assert.All(encoding.Offsets!.Zip(encoding.Ids), row =>
        {
            var place = text[row.First.Start..row.First.End];
            var token = System.Text.Encoding.UTF8.GetString(tokenizer.TokenBytes(row.Second).Span);
            Assert.True(token.Contains('\uFFFD', StringComparison.Ordinal) || token.Trim() == place, $"'{token}' is not '{place}'");
        });
        Assert.Equal(text.Length, encoding.Offsets![^1].End);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_a_replacement_character()
    {
        var tokenizer = Load("gpt2");

        Assert.Equal(tokenizer.Encode("a\uFFFDb"), tokenizer.Encode("a\uD83Db"));
        Assert.Equal(tokenizer.Encode("\uFFFD"), tokenizer.Encode("\uDE00"));
    }

    [Theory]
    [InlineData("gpt2")]
    [InlineData("llama2")]
    [InlineData("t5")]
    [InlineData("bert")]
    public void Bytes_of_tokens_one_by_one_give_the_text_of_all(string kind)
    {
        var tokenizer = Load(kind);
        const string text = "the dog runs 😀 and 2026 中文 x";
        var ids = tokenizer.Encode(text);

        var streamed = System.Text.Encoding.UTF8.GetString([.. ids.SelectMany(id => tokenizer.TokenBytes(id).ToArray())]);

        Assert.Equal(tokenizer.Decode(ids, skipSpecialTokens: true).TrimStart(), streamed.TrimStart());
    }

    [Fact]
    public void Tokens_are_found_by_name_and_by_id()
    {
        var tokenizer = Load("bert");

        Assert.True(tokenizer.TryGetId("[MASK]", out var mask));
        Assert.Equal((103, "[MASK]"), (mask, tokenizer.TokenText(mask)));
        Assert.False(tokenizer.TryGetId("no such token", out _));
        Assert.Null(tokenizer.TokenText(-1));
        Assert.Null(tokenizer.TokenText(tokenizer.VocabularySize));
        Assert.Equal("hello", tokenizer.Decode([101, 7592, -5, 1_000_000, 102], skipSpecialTokens: true));
        Assert.Equal("[CLS] hello [SEP]", tokenizer.Decode([101, 7592, 102], skipSpecialTokens: false));
    }

    private Tokenizer Load(string kind) => _folder.Load(TokenizerFiles.Kinds[kind]());

    private static IEnumerable<string?> Ids(Tokenizer tokenizer, string text, TokenizerOptions options) =>
        tokenizer.Encode(text, null, options).Ids.Select(tokenizer.TokenText);
}
