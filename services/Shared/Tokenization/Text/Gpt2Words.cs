using System.Buffers;
using System.Globalization;
using System.Text;

namespace Sensorium.Tokenization.Text;

/// <summary>
/// Splits text as GPT-2's pattern does: <c>'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+</c>.
/// Written by hand because .NET's expressions see UTF-16 units, where letters beyond U+FFFF are not letters.
/// </summary>
internal static class Gpt2Words
{
    public const string Pattern = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    private static readonly string[] Contractions = ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d"];

    private enum Kind
    {
        Letter,
        Number,
        Space,
        Other,
    }

    /// <summary>Words, which cover the text: each is a find of the pattern.</summary>
    public static void FindRuns(string text, int start, int end, List<Splitter.Run> runs)
    {
        while (start < end)
        {
            var next = EndOfWord(text.AsSpan(0, end), start);
            runs.Add(new Splitter.Run(start, next, IsDelimiter: true));
            start = next;
        }
    }

    /// <summary>End of the word that starts at <paramref name="start"/>; at least one character further.</summary>
    public static int EndOfWord(ReadOnlySpan<char> text, int start)
    {
        foreach (var contraction in text[start] == '\'' ? Contractions : [])
        {
            if (text[start..].StartsWith(contraction, StringComparison.Ordinal))
            {
                return start + contraction.Length;
            }
        }

        var (kind, length) = KindAt(text, start);
        var next = start + length;
        if (text[start] == ' ' && next < text.Length && KindAt(text, next).Kind is not Kind.Space and var following)
        {
            return EndOfRun(text, next, following);
        }

        return kind == Kind.Space ? EndOfSpace(text, start) : EndOfRun(text, start, kind);
    }

    // The last space before a word belongs to that word if there are others before it.
    private static int EndOfSpace(ReadOnlySpan<char> text, int start)
    {
        var end = EndOfRun(text, start, Kind.Space);
        return end < text.Length && end - start > 1 ? end - 1 : end;
    }

    private static int EndOfRun(ReadOnlySpan<char> text, int position, Kind kind)
    {
        while (position < text.Length && KindAt(text, position) is var (found, length) && found == kind)
        {
            position += length;
        }

        return position;
    }

    private static (Kind Kind, int Length) KindAt(ReadOnlySpan<char> text, int position)
    {
        if (Rune.DecodeFromUtf16(text[position..], out var rune, out var length) != OperationStatus.Done)
        {
            return (Kind.Other, length);
        }

        if (Rune.IsWhiteSpace(rune))
        {
            return (Kind.Space, length);
        }

        var kind = Rune.GetUnicodeCategory(rune) switch
        {
            <= UnicodeCategory.OtherLetter => Kind.Letter,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => Kind.Number,
            _ => Kind.Other,
        };
        return (kind, length);
    }
}
