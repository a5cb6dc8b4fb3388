using System.Buffers;
using System.Text;
using Sensorium.Core.Tokenization;
using Sensorium.Tokenization.Unicode;

namespace Sensorium.Tokenization.AddedTokens;

/// <summary>Finds added tokens in a text, from left to right, the longest that begins at a place.</summary>
internal sealed class AddedTokenFinder
{
    private readonly SearchValues<char> _firsts;
    private readonly Dictionary<char, (string Text, AddedToken Token)[]> _byFirst;

    /// <param name="tokens">What to look for, and the token that it is.</param>
    public AddedTokenFinder(IEnumerable<(string Text, AddedToken Token)> tokens)
    {
        _byFirst = tokens.Where(entry => entry.Text.Length > 0)
            .GroupBy(entry => entry.Text[0])
            .ToDictionary(group => group.Key, group => group.OrderByDescending(entry => entry.Text.Length).ToArray());
        _firsts = SearchValues.Create([.. _byFirst.Keys]);
    }

    public List<(AddedToken Token, TextSpan Place)> Find(string text, AddedTokenMatching matching)
    {
        List<(AddedToken Token, TextSpan Place)> found = [];
        var taken = 0;
        for (var start = Next(text, 0); start >= 0;)
        {
            if (FindAt(text, start) is not ({ } content, { } token))
            {
                start = Next(text, start + 1);
                continue;
            }

            var end = start + content.Length;
            var isWanted = matching == AddedTokenMatching.All || !token.IsSpecial;
            if (isWanted && (!token.IsSingleWord || StandsAlone(text, start, end)))
            {
                var from = token.TakesLeft ? Math.Max(taken, text.AsSpan(0, start).TrimEnd().Length) : start;
                taken = token.TakesRight ? text.Length - text.AsSpan(end).TrimStart().Length : end;
                found.Add((token, new TextSpan(Math.Max(from, 0), taken)));
            }

            start = Next(text, end);
        }

        return found;
    }

    private int Next(string text, int start)
    {
        var next = start < text.Length ? text.AsSpan(start).IndexOfAny(_firsts) : -1;
        return next < 0 ? -1 : start + next;
    }

    private (string? Text, AddedToken? Token) FindAt(string text, int start)
    {
        foreach (var (content, token) in _byFirst[text[start]])
        {
            if (string.CompareOrdinal(text, start, content, 0, content.Length) == 0)
            {
                return (content, token);
            }
        }

        return (null, null);
    }

    private static bool StandsAlone(string text, int start, int end)
    {
        Rune.DecodeLastFromUtf16(text.AsSpan(0, start), out var before, out _);
        Rune.DecodeFromUtf16(text.AsSpan(end), out var after, out _);
        return (start == 0 || !CharacterKinds.IsWord(before)) && (end == text.Length || !CharacterKinds.IsWord(after));
    }
}
