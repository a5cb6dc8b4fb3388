using System.Text;
using Sensorium.Tokenization.Text;

namespace Sensorium.Tokenization.Unicode;

/// <summary>The four normalization forms, with the place of every character kept.</summary>
internal static class UnicodeNormalization
{
    private record struct Character(int CodePoint, byte Class, int From, int To);

    public static AlignedText Apply(AlignedText text, bool compatible, bool composes)
    {
        if (System.Text.Ascii.IsValid(text.Value))
        {
            return text;
        }

        var characters = Decompose(text.Value, compatible);
        Order(characters);
        if (composes)
        {
            Compose(characters);
        }

        var builder = new AlignedTextBuilder(text);
        foreach (var character in characters)
        {
            builder.Append(new Rune(character.CodePoint), character.From, character.To);
        }

        return builder.Build();
    }

    private static List<Character> Decompose(string text, bool compatible)
    {
        var characters = new List<Character>(text.Length + 8);
        var parts = new List<int>(18);
        var from = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            parts.Clear();
            NormalizationTable.Decompose(rune.Value, compatible, parts);
            var to = from + rune.Utf16SequenceLength;
            foreach (var part in parts)
            {
                characters.Add(new Character(part, NormalizationTable.ClassOf(part), from, to));
            }

            from = to;
        }

        return characters;
    }

    // Marks between two starters stand in the order of their classes; equal ones keep theirs.
    private static void Order(List<Character> characters)
    {
        for (var start = 0; start < characters.Count;)
        {
            var end = start;
            while (end < characters.Count && characters[end].Class != 0)
            {
                end++;
            }

            if (end - start > 1)
            {
                var ordered = characters.GetRange(start, end - start).OrderBy(character => character.Class).ToArray();
                for (var i = 0; i < ordered.Length; i++)
                {
                    characters[start + i] = ordered[i];
                }
            }

            start = end + 1;
        }
    }

    // A mark joins the last starter unless one of the same or a higher class stands between.
    private static void Compose(List<Character> characters)
    {
        var starter = -1;
        var kept = 0;
        byte lastClass = 0;
        foreach (var character in characters.ToArray())
        {
            var isAdjacent = kept == starter + 1;
            var composed = starter >= 0 && (isAdjacent || lastClass < character.Class)
                ? NormalizationTable.Compose(characters[starter].CodePoint, character.CodePoint)
                : null;
            if (composed is { } codePoint)
            {
                characters[starter] = characters[starter] with { CodePoint = codePoint, To = character.To };
                continue;
            }

            if (character.Class == 0)
            {
                starter = kept;
            }

            lastClass = character.Class;
            characters[kept++] = character;
        }

        characters.RemoveRange(kept, characters.Count - kept);
    }
}
