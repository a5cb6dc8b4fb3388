using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Sensorium.Tokenization.Models;

/// <summary>Byte-pair encoding: characters of a piece are merged, the most frequent pair of the training first.</summary>
internal sealed class BpeModel : ITokenModel
{
    private const int MaxCachedWords = 10_000;
    private const int MaxCachedLength = 64;

    private readonly Dictionary<string, int> _vocabulary;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly Dictionary<(int Left, int Right), BpeMerge> _merges;
    private readonly BpeOptions _options;
    private readonly int[]? _byteIds;
    private readonly ConcurrentDictionary<string, Token[]> _cache = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Token[]>.AlternateLookup<ReadOnlySpan<char>> _cached;
    private int _cachedCount;

    public BpeModel(Dictionary<string, int> vocabulary, Dictionary<(int Left, int Right), BpeMerge> merges, BpeOptions options)
    {
        _vocabulary = vocabulary;
        _lookup = vocabulary.GetAlternateLookup<ReadOnlySpan<char>>();
        _merges = merges;
        _options = options;
        _byteIds = options.ByteFallback ? ByteTokens.Find(vocabulary) : null;
        _cached = _cache.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public IReadOnlyDictionary<string, int> Vocabulary => _vocabulary;

    public void Tokenize(ReadOnlySpan<char> piece, List<Token> tokens)
    {
        if (_cached.TryGetValue(piece, out var known))
        {
            tokens.AddRange(known);
            return;
        }

        var first = tokens.Count;
        if (_options.IgnoresMerges && _lookup.TryGetValue(piece, out var whole))
        {
            tokens.Add(new Token(whole, 0, piece.Length));
        }
        else
        {
            tokens.AddRange(new BpeMerger(_merges).Merge(Characters(piece)));
        }

        // Counted apart: the dictionary's own count takes all its locks.
        if (piece.Length <= MaxCachedLength && _cachedCount < MaxCachedWords
            && _cached.TryAdd(piece, [.. tokens.Skip(first)]))
        {
            Interlocked.Increment(ref _cachedCount);
        }
    }

    private List<Token> Characters(ReadOnlySpan<char> piece)
    {
        var characters = new List<Token>(piece.Length);
        Token? unknown = null;
        for (var start = 0; start < piece.Length;)
        {
            Rune.DecodeFromUtf16(piece[start..], out _, out var length);
            var end = start + length;
            if (TryFind(piece, start, end, out var id))
            {
                Flush(characters, ref unknown);
                characters.Add(new Token(id, start, end));
            }
            else if (!TryAddBytes(piece, start, end, characters) && _options.UnknownId is { } unknownId)
            {
                if (unknown is { } open && _options.FusesUnknown)
                {
                    unknown = open with { End = end };
                }
                else
                {
                    Flush(characters, ref unknown);
                    unknown = new Token(unknownId, start, end);
                }
            }

            start = end;
        }

        Flush(characters, ref unknown);
        return characters;
    }

    // An unknown token waits for the next known character, past bytes: as the reference has it.
    private static void Flush(List<Token> characters, ref Token? unknown)
    {
        if (unknown is { } token)
        {
            characters.Add(token);
            unknown = null;
        }
    }

    private bool TryFind(ReadOnlySpan<char> piece, int start, int end, out int id)
    {
        var prefix = start > 0 ? _options.Prefix : "";
        var suffix = end == piece.Length ? _options.Suffix : "";
        return prefix.Length + suffix.Length == 0
            ? _lookup.TryGetValue(piece[start..end], out id)
            : _vocabulary.TryGetValue($"{prefix}{piece[start..end]}{suffix}", out id);
    }

    private bool TryAddBytes(ReadOnlySpan<char> piece, int start, int end, List<Token> characters)
    {
        if (_byteIds is null)
        {
            return false;
        }

        var text = string.Create(CultureInfo.InvariantCulture, $"{(start > 0 ? _options.Prefix : "")}{piece[start..end]}{(end == piece.Length ? _options.Suffix : "")}");
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Any(value => _byteIds[value] < 0))
        {
            return false;
        }

        characters.AddRange(bytes.Select(value => new Token(_byteIds[value], start, end)));
        return true;
    }
}
