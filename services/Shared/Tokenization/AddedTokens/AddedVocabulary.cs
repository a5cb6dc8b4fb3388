using Sensorium.Core.Tokenization;
using Sensorium.Tokenization.Normalizers;
using Sensorium.Tokenization.Text;

namespace Sensorium.Tokenization.AddedTokens;

/// <summary>Cuts added tokens out of a text, and normalizes what lies between them.</summary>
internal sealed class AddedVocabulary
{
    private readonly INormalizer _normalizer;
    private readonly AddedTokenFinder _inText;
    private readonly AddedTokenFinder _inNormalized;

    public AddedVocabulary(IReadOnlyList<AddedToken> tokens, INormalizer normalizer)
    {
        Tokens = tokens;
        _normalizer = normalizer;
        _inText = new AddedTokenFinder(tokens.Where(token => !token.IsNormalized).Select(token => (token.Content, token)));
        _inNormalized = new AddedTokenFinder(tokens.Where(token => token.IsNormalized)
            .Select(token => (normalizer.Normalize(AlignedText.Create(token.Content, isTracked: false)).Value, token)));
    }

    public IReadOnlyList<AddedToken> Tokens { get; }

    /// <summary>Normalized texts and added tokens in turn, without empty ones.</summary>
    /// <param name="text">The caller's.</param>
    /// <param name="matching">Which are looked for.</param>
    /// <param name="words">Ranges of it in which special ones are words.</param>
    public List<(AlignedText Text, AddedToken? Token)> Cut(AlignedText text, AddedTokenMatching matching, IReadOnlyList<TextSpan> words)
    {
        List<(AlignedText Text, AddedToken? Token)> parts = [];
        foreach (var (part, token) in Cut(text, _inText, matching, words))
        {
            if (token is not null)
            {
                parts.Add((part, token));
                continue;
            }

            parts.AddRange(Cut(_normalizer.Normalize(part), _inNormalized, matching, words));
        }

        return parts;
    }

    private static IEnumerable<(AlignedText Text, AddedToken? Token)> Cut(
        AlignedText text, AddedTokenFinder finder, AddedTokenMatching matching, IReadOnlyList<TextSpan> words)
    {
        var open = 0;
        foreach (var (token, place) in matching == AddedTokenMatching.None ? [] : finder.Find(text.Value, matching))
        {
            if (token.IsSpecial && IsWithin(words, text, place))
            {
                continue;
            }

            if (place.Start > open)
            {
                yield return (text.Slice(open, place.Start), null);
            }

            yield return (text.Slice(place.Start, place.End), token);
            open = place.End;
        }

        if (open < text.Length)
        {
            yield return (text.Slice(open, text.Length), null);
        }
    }

    // A loop: a closure would be allocated for every text, whether it has such tokens or not.
    private static bool IsWithin(IReadOnlyList<TextSpan> words, AlignedText text, TextSpan place)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i].Start < text.EndOf(place.End - 1) && text.StartOf(place.Start) < words[i].End)
            {
                return true;
            }
        }

        return false;
    }
}
