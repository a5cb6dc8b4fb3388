using System.Text;
using Sensorium.Tokenization.Json;

namespace Sensorium.Tokenization.Models;

/// <summary>The longest token that the rest of the word begins with, again and again; a word that does not end is unknown.</summary>
internal sealed class WordPieceModel : ITokenModel
{
    private const int UsualMaxCharacters = 100;

    private readonly Dictionary<string, int> _vocabulary;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly int _unknownId;
    private readonly string _prefix;
    private readonly int _maxCharacters;
    private readonly int _longest;

    private WordPieceModel(Dictionary<string, int> vocabulary, int unknownId, string prefix, int maxCharacters)
    {
        _vocabulary = vocabulary;
        _lookup = vocabulary.GetAlternateLookup<ReadOnlySpan<char>>();
        _unknownId = unknownId;
        _prefix = prefix;
        _maxCharacters = maxCharacters;
        _longest = vocabulary.Keys.Select(token => token.Length).DefaultIfEmpty().Max();
    }

    public IReadOnlyDictionary<string, int> Vocabulary => _vocabulary;

    public static WordPieceModel Read(JsonSection section)
    {
        var vocabulary = ModelReader.ReadVocabulary(section);
        return new WordPieceModel(
            vocabulary,
            ModelReader.RequireToken(section, vocabulary, section.OptionalString("unk_token") ?? "[UNK]"),
            section.OptionalString("continuing_subword_prefix") ?? "##",
            section.Int("max_input_chars_per_word", UsualMaxCharacters));
    }

    public void Tokenize(ReadOnlySpan<char> piece, List<Token> tokens)
    {
        var first = tokens.Count;
        if (CountRunes(piece) <= _maxCharacters && TryCut(piece, tokens))
        {
            return;
        }

        tokens.RemoveRange(first, tokens.Count - first);
        tokens.Add(new Token(_unknownId, 0, piece.Length));
    }

    private bool TryCut(ReadOnlySpan<char> piece, List<Token> tokens)
    {
        Span<char> continued = stackalloc char[2 * _maxCharacters + _prefix.Length <= 512 ? 512 : 2 * _maxCharacters + _prefix.Length];
        _prefix.CopyTo(continued);
        for (var start = 0; start < piece.Length;)
        {
            scoped var rest = piece[start..];
            if (start > 0)
            {
                rest.CopyTo(continued[_prefix.Length..]);
                rest = continued[..(_prefix.Length + rest.Length)];
            }

            var length = Math.Min(rest.Length, _longest);
            var least = start > 0 ? _prefix.Length : 0;
            int id;
            while (!_lookup.TryGetValue(rest[..length], out id))
            {
                if (--length <= least)
                {
                    return false;
                }
            }

            var end = start + length - least;
            tokens.Add(new Token(id, start, end));
            start = end;
        }

        return true;
    }

    private static int CountRunes(ReadOnlySpan<char> piece)
    {
        var count = 0;
        foreach (var _ in piece.EnumerateRunes())
        {
            count++;
        }

        return count;
    }
}
