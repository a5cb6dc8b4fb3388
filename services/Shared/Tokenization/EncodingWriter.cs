using Sensorium.Core.Tokenization;
using Sensorium.Tokenization.Models;
using Sensorium.Tokenization.PostProcessors;

namespace Sensorium.Tokenization;

/// <summary>Lays the tokens out as the lists that a model reads.</summary>
internal static class EncodingWriter
{
    public static TokenEncoding Write(List<EncodedPart> parts, TokenizerOptions options, int fullCount)
    {
        var count = parts.Sum(part => part.Tokens.Count);
        var padding = options.Padding is { } asked ? PaddingOf(count, asked) : 0;
        List<(Token Token, int TypeId, int Sequence, int Attention)> rows = [];
        foreach (var part in parts)
        {
            rows.AddRange(part.Tokens.Select(token => (token, part.TypeId, part.Sequence, 1)));
        }

        if (padding > 0)
        {
            var pad = (new Token(options.Padding!.TokenId, 0, 0), options.Padding.TypeId, EncodedPart.NoSequence, 0);
            rows.InsertRange(options.Padding.OnLeft ? 0 : rows.Count, Enumerable.Repeat(pad, padding));
        }

        return new TokenEncoding
        {
            Ids = [.. rows.Select(row => row.Token.Id)],
            TypeIds = [.. rows.Select(row => row.TypeId)],
            AttentionMask = [.. rows.Select(row => row.Attention)],
            Sequences = [.. rows.Select(row => row.Sequence)],
            Offsets = options.Offsets ? [.. rows.Select(row => new TextSpan(row.Token.Start, row.Token.End))] : null,
            FullCount = fullCount,
        };
    }

    /// <summary>Takes white space off the ends of what tokens stand for, as byte-level vocabularies have words begin with it.</summary>
    public static List<Token> TrimSpaces(List<Token> tokens, string text)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            var (id, start, end) = tokens[i];
            while (start < end && char.IsWhiteSpace(text[start]))
            {
                start++;
            }

            while (end > start && char.IsWhiteSpace(text[end - 1]))
            {
                end--;
            }

            tokens[i] = new Token(id, start, end);
        }

        return tokens;
    }

    private static int PaddingOf(int count, Padding padding)
    {
        var length = padding.Length ?? count;
        var multiple = Math.Max(1, padding.MultipleOf);
        return Math.Max(0, (length + multiple - 1) / multiple * multiple - count);
    }
}
