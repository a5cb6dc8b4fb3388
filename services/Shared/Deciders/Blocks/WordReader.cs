using System.Text;
using Sensorium.Deciders.Cases;

namespace Sensorium.Deciders.Blocks;

/// <summary>Words, and two and three neighbours, in lower case. Scripts without spaces are read sign by sign.</summary>
internal static class WordReader
{
    /// <summary>Of the notes, and of fields of text, whose words are told apart by the field's name.</summary>
    public static IEnumerable<string> Terms(DecisionCase given)
    {
        var terms = Terms(given.Notes);
        foreach (var (name, value) in given.Fields)
        {
            if (value.Kind == FieldKind.Text)
            {
                terms = terms.Concat(Terms(value.Text).Select(term => $"{name}: {term}"));
            }
        }

        return terms;
    }

    private static IEnumerable<string> Terms(string text)
    {
        string? previous = null, before = null;
        foreach (var word in Words(text))
        {
            yield return word;
            if (previous is not null)
            {
                yield return $"{previous} {word}";
            }

            if (before is not null)
            {
                yield return $"{before} {previous} {word}";
            }

            (before, previous) = (previous, word);
        }
    }

    private static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var alone = IsWordless(rune);
            if (word.Length > 0 && (alone || !Rune.IsLetterOrDigit(rune)))
            {
                yield return word.ToString();
                word.Clear();
            }

            if (alone)
            {
                yield return rune.ToString();
            }
            else if (Rune.IsLetterOrDigit(rune))
            {
                word.Append(Rune.ToLowerInvariant(rune).ToString());
            }
        }

        if (word.Length > 0)
        {
            yield return word.ToString();
        }
    }

    // Kana, Chinese characters, Thai to Burmese.
    private static bool IsWordless(Rune rune) => rune.Value is >= 0x3040 and <= 0x30FF or >= 0x3400 and <= 0x9FFF or >= 0x0E00 and <= 0x0EFF
        or >= 0x1000 and <= 0x109F or >= 0x20000 and <= 0x3FFFF;
}
