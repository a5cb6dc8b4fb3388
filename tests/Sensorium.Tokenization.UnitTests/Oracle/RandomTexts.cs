using System.Text;

namespace Sensorium.Tokenization.UnitTests.Oracle;

/// <summary>Texts of all kinds that the same seed gives again: scripts, accents, emoji, odd spaces, signs, and special tokens.</summary>
internal sealed class RandomTexts(int seed, IReadOnlyList<string> specialTokens)
{
    private static readonly string[] Words =
    [
        "the", "a", "dog", "Running", "hello", "World", "don't", "we'll", "I'VE", "it's", "naïve", "Café", "Straße", "ÀÉÎõü", "cafe\u0301",
        "ﬁne", "ﬂow", "x²", "①②", "Ⅷ", "½", "1234", "3.14159", "1,000,000", "2026-11-28", "foo_bar", "C++", "e-mail@example.org",
        "https://example.org/a?b=c#d", "你好世界", "東京", "カタカナ", "ひらがな", "ｶﾞ", "안녕하세요", "각", "Привет", "ΣΊΣΥΦΟΣ", "שָׁלוֹם", "مرحبا",
        "नमस्ते", "ไทย", "İstanbul", "ǅ", "𝒽𝑒𝓁𝓁𝑜", "𠀀𠮷", "𞤀𞤢", "😀", "👩‍👩‍👧‍👦", "🇩🇪", "👍🏽", "❤️", "…", "—", "“quoted”", "¿qué?", "§", "€5", "°C",
        "\u200B", "\uFEFF", "\u00AD", "\uFFFD", "\u0001", "K", "ſ", "'ſ", "'S", "▁", "▁a", "Ġ", "</w>", "##ing", "<0x41>", "aaaaaaaaaaaaaaaa",
    ];

    private static readonly string[] Gaps = [" ", " ", " ", " ", "", "  ", "   ", "\n", "\n\n", "\r\n", "\t", "\u00A0", "\u3000", "\u2009", " \n ", "\u0085", "\u2028"];

    private static readonly (int First, int Last)[] Blocks =
    [
        (0x20, 0x7E), (0x20, 0x7E), (0x00, 0x1F), (0x80, 0xFF), (0x100, 0x24F), (0x250, 0x36F), (0x370, 0x3FF), (0x400, 0x52F), (0x590, 0x6FF),
        (0x900, 0xDFF), (0xE00, 0x11FF), (0x1E00, 0x20CF), (0x2100, 0x27BF), (0x2E80, 0x33FF), (0x4E00, 0x9FFF), (0xA000, 0xABFF), (0xAC00, 0xD7A3),
        (0xE000, 0xE0FF), (0xF900, 0xFFFD), (0x10000, 0x107FF), (0x11000, 0x11FFF), (0x16000, 0x16FFF), (0x1D000, 0x1D7FF), (0x1E000, 0x1EFFF),
        (0x1F000, 0x1FAFF), (0x20000, 0x2A6DF), (0xE0000, 0xE01EF),
    ];

    private readonly Random _random = new(seed);

    public string Next()
    {
        var text = new StringBuilder();
        for (var count = _random.Next(0, 12); count > 0; count--)
        {
            text.Append(Part()).Append(Pick(Gaps));
        }

        return text.ToString();
    }

    private string Part() => _random.Next(20) switch
    {
        < 12 => Pick(Words),
        < 15 => Characters(),
        < 17 => new string((char)_random.Next(0x21, 0x7F), _random.Next(1, 6)),
        18 when specialTokens.Count > 0 => Pick(specialTokens),
        _ => Letters(),
    };

    private string Characters()
    {
        var (first, last) = Pick(Blocks);
        var text = new StringBuilder();
        for (var count = _random.Next(1, 5); count > 0; count--)
        {
            text.Append(new Rune(_random.Next(first, last + 1)));
        }

        return text.ToString();
    }

    private string Letters() => string.Concat(Enumerable.Range(0, _random.Next(1, 12)).Select(_ => (char)_random.Next('a', 'z' + 1)));

    private T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];
}
