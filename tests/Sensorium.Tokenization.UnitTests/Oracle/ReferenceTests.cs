using Sensorium.Core.Tokenization;
using Xunit;

namespace Sensorium.Tokenization.UnitTests.Oracle;

/// <summary>Against the library that models were trained with, over random texts and every code point.</summary>
[Trait("Tier", "Full")]
public sealed class ReferenceTests : IDisposable
{
    private const int TextsPerKind = 20_000;
    private const int TextsPerVariant = 1_000;
    private const int DecodedPerKind = 1_000;

    // The others are variants: the same models behind other steps.
    private static readonly string[] Main = ["bert", "roberta", "gpt2", "clip", "whisper", "t5", "llama2", "llama3", "xlm-r"];

    private readonly string _folder = Directory.CreateTempSubdirectory("sensorium-tokenizer").FullName;

    public static TheoryData<string> Kinds { get; } = [.. TokenizerFiles.Kinds.Keys];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Ids_and_texts_equal_the_reference(string kind)
    {
        var json = TokenizerFiles.Kinds[kind]();
        using var reference = Load(json, out var tokenizer);
        var texts = new RandomTexts(seed: 7, TokenizerFiles.SpecialTokens(json));
        var options = new TokenizerOptions { AddedTokens = AddedTokenMatching.All };
        var count = Main.Contains(kind) ? TextsPerKind : TextsPerVariant;
        for (var i = 0; i < count; i++)
        {
            var text = texts.Next();
            var expected = reference.Encode(text);

            var ids = tokenizer.Encode(text, null, options).Ids;

            Assert.True(expected.SequenceEqual(ids.Select(id => (uint)id)), Difference(tokenizer, text, expected, ids));
            if (i < DecodedPerKind)
            {
                Assert.Equal(reference.Decode(expected), tokenizer.Decode(ids, skipSpecialTokens: true));
            }
        }
    }

    [Theory]
    [InlineData("bert")]
    [InlineData("xlm-r")]
    [InlineData("unigram-bytes")]
    [InlineData("clip")]
    [InlineData("smollm")]
    [InlineData("o200k")]
    [InlineData("deepseek")]
    [InlineData("wordlevel")]
    public void Every_code_point_equals_the_reference(string kind)
    {
        using var reference = Load(TokenizerFiles.Kinds[kind](), out var tokenizer);
        var options = new TokenizerOptions { AddedTokens = AddedTokenMatching.All };
        for (var first = 1; first < 0x20000; first += 32)
        {
            var points = Enumerable.Range(first, 32).Where(point => point is < 0xD800 or > 0xDFFF);
            var text = string.Concat(points.Select(point => $"a{char.ConvertFromUtf32(point)}b\u0334 "));

            Assert.Equal(reference.Encode(text).Select(id => (int)id), tokenizer.Encode(text, null, options).Ids);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Ids_are_the_same_whether_places_are_asked_for_or_not(string kind)
    {
        var json = TokenizerFiles.Kinds[kind]();
        using var reference = Load(json, out var tokenizer);
        var texts = new RandomTexts(seed: 3, TokenizerFiles.SpecialTokens(json));
        for (var i = 0; i < 200; i++)
        {
            var text = texts.Next();
            var encoding = tokenizer.Encode(text, null, new TokenizerOptions { AddedTokens = AddedTokenMatching.All, Offsets = true });

            Assert.Equal(tokenizer.Encode(text, null, new TokenizerOptions { AddedTokens = AddedTokenMatching.All }).Ids, encoding.Ids);
            Assert.All(encoding.Offsets!, place => Assert.True(place.Start >= 0 && place.Start <= place.End && place.End <= text.Length));
        }
    }

    private Tokenizers.DotNet.Tokenizer Load(string json, out Tokenizer tokenizer)
    {
        var path = Path.Combine(_folder, "tokenizer.json");
        File.WriteAllText(path, json);
        tokenizer = TokenizerLoader.LoadFolder(_folder);
        return new Tokenizers.DotNet.Tokenizer(path);
    }

    private static string Difference(Tokenizer tokenizer, string text, uint[] expected, IReadOnlyList<int> ids) =>
        $"'{text}' ({string.Join(' ', text.EnumerateRunes().Select(rune => rune.Value.ToString("X")))})\n"
        + $"expected {string.Join(' ', expected.Select(id => tokenizer.TokenText((int)id)))}\n"
        + $"     got {string.Join(' ', ids.Select(tokenizer.TokenText))}";
}
