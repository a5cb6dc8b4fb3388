using System.Text;
using Sensorium.Tokenization.Json;

namespace Sensorium.Tokenization.Models;

/// <summary>SentencePiece's unigram model: of all ways to cut the piece, the one whose tokens' scores sum highest.</summary>
internal sealed class UnigramModel : ITokenModel
{
    private const double UnknownPenalty = 10;

    private readonly Dictionary<string, int> _vocabulary = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly double[] _scores;
    private readonly PrefixSearch _prefixes;
    private readonly int? _unknownId;
    private readonly double _unknownScore;
    private readonly int[]? _byteIds;

    private UnigramModel((string Token, double Score)[] entries, int? unknownId, bool byteFallback)
    {
        for (var id = 0; id < entries.Length; id++)
        {
            _vocabulary[entries[id].Token] = id;
        }

        _lookup = _vocabulary.GetAlternateLookup<ReadOnlySpan<char>>();
        _scores = [.. entries.Select(entry => entry.Score)];
        _prefixes = new PrefixSearch(_vocabulary);
        _unknownId = unknownId;
        _unknownScore = _scores.DefaultIfEmpty().Min() - UnknownPenalty;
        _byteIds = byteFallback ? ByteTokens.Find(_vocabulary) : null;
    }

    public IReadOnlyDictionary<string, int> Vocabulary => _vocabulary;

    public static UnigramModel Read(JsonSection section)
    {
        var entries = section.Required("vocab").Items().Select(ReadEntry).ToArray();
        int? unknown = section.Optional("unk_id")?.AsInt();
        return unknown is null || unknown >= 0 && unknown < entries.Length
            ? new UnigramModel(entries, unknown, section.Bool("byte_fallback", false))
            : throw new TokenizerFormatException($"{section.Path}.unk_id is {unknown}, which is not in the vocabulary of {entries.Length} tokens");
    }

    public void Tokenize(ReadOnlySpan<char> piece, List<Token> tokens)
    {
        var best = FindBest(piece);
        var first = tokens.Count;
        for (var end = piece.Length; end > 0;)
        {
            // Neighbouring unknown characters are one token.
            var start = best[end].Start;
            while (start > 0 && best[end].Id == _unknownId && best[start].Id == _unknownId)
            {
                start = best[start].Start;
            }

            AddReversed(piece, start, end, tokens);
            end = start;
        }

        tokens.Reverse(first, tokens.Count - first);
    }

    private (int Start, int? Id, double Score)[] FindBest(ReadOnlySpan<char> piece)
    {
        var best = new (int Start, int? Id, double Score)[piece.Length + 1];
        Array.Fill(best, (-1, null, 0), 1, piece.Length);
        for (var start = 0; start < piece.Length;)
        {
            Rune.DecodeFromUtf16(piece[start..], out _, out var length);
            var score = best[start].Score;
            var hasSingle = false;
            foreach (var (tokenLength, id) in _prefixes.Find(piece[start..]))
            {
                Improve(ref best[start + tokenLength], start, id, score + _scores[id]);
                hasSingle |= tokenLength == length;
            }

            if (!hasSingle)
            {
                Improve(ref best[start + length], start, _unknownId, score + _unknownScore);
            }

            start += length;
        }

        return best;
    }

    private static void Improve(ref (int Start, int? Id, double Score) target, int start, int? id, double score)
    {
        if (target.Start < 0 || score > target.Score)
        {
            target = (start, id, score);
        }
    }

    private void AddReversed(ReadOnlySpan<char> piece, int start, int end, List<Token> tokens)
    {
        if (_lookup.TryGetValue(piece[start..end], out var id))
        {
            tokens.Add(new Token(id, start, end));
            return;
        }

        var bytes = _byteIds is null ? [] : Encoding.UTF8.GetBytes(piece[start..end].ToString());
        if (bytes.Length > 0 && bytes.All(value => _byteIds![value] >= 0))
        {
            tokens.AddRange(bytes.Reverse().Select(value => new Token(_byteIds![value], start, end)));
        }
        else if (_unknownId is { } unknown)
        {
            tokens.Add(new Token(unknown, start, end));
        }
    }

    private static (string Token, double Score) ReadEntry(JsonSection entry) =>
        entry.Items().ToArray() is [var token, var score] ? (token.AsString(), score.AsDouble()) : throw entry.Wrong("a token and its score");
}
