using System.Text;

namespace Sensorium.Gateway.Operations.Explanation.Parts;

/// <summary>Words of any script: what white space separates, and each sign of those that are written without.</summary>
internal static class WordSplitter
{
    private static readonly (int First, int Last)[] SignsWithoutSpaces =
    [
        (0x0E00, 0x0EFF), // Thai, Lao
        (0x3040, 0x30FF), // Hiragana, Katakana
        (0x3400, 0x4DBF), // Han, extension A
        (0x4E00, 0x9FFF), // Han
        (0xF900, 0xFAFF), // Han, compatibility
        (0x20000, 0x323AF), // Han, further extensions
    ];

    public static IReadOnlyList<WordSpan> Split(string text)
    {
        var words = new List<WordSpan>();
        var at = 0;
        var start = -1;
        foreach (var rune in text.EnumerateRunes())
        {
            var alone = IsAlone(rune);
            if (start >= 0 && (alone || Rune.IsWhiteSpace(rune)))
            {
                words.Add(new WordSpan(start, at - start));
                start = -1;
            }

            if (alone)
            {
                words.Add(new WordSpan(at, rune.Utf16SequenceLength));
            }
            else if (start < 0 && !Rune.IsWhiteSpace(rune))
            {
                start = at;
            }

            at += rune.Utf16SequenceLength;
        }

        if (start >= 0)
        {
            words.Add(new WordSpan(start, text.Length - start));
        }

        return words;
    }

    private static bool IsAlone(Rune rune) => Array.Exists(SignsWithoutSpaces, range => rune.Value >= range.First && rune.Value <= range.Last);
}
