using Sensorium.Core.Tokenization;
using Sensorium.Tokenization.Models;
using Sensorium.Tokenization.PostProcessors;
using Sensorium.Tokenization.Text;
using Sensorium.Tokenization.Unicode;

namespace Sensorium.Tokenization;

/// <summary>A tokenizer.json at work. Safe for concurrent use.</summary>
public sealed class Tokenizer : IModelTokenizer
{
    private const int LargestScratch = 4096;

    // Of the tokens of a text that is only turned into ids nothing is kept.
    [ThreadStatic]
    private static List<Token>? _scratch;

    private readonly TokenizerParts _parts;
    private readonly TokenTable _table;
    private readonly SpecialTokens _special;
    private readonly bool _needsPlaces;

    internal Tokenizer(TokenizerParts parts, TokenTable table, SpecialTokens special)
    {
        _parts = parts;
        _table = table;
        _special = special;
        _needsPlaces = parts.PreTokenizer.NeedsPlaces;
        SpecialTokens = [.. parts.Added.Tokens.Where(token => token.IsSpecial && token.Content.Length > 0).Select(token => token.Content)];
    }

    public int VocabularySize => _table.Size;

    public int BosTokenId => _special.Bos ?? EosTokenId;

    /// <summary>Throws <see cref="InvalidOperationException"/> if tokenizer_config.json names neither "eos_token" nor "sep_token".</summary>
    public int EosTokenId => _special.Eos ?? throw new InvalidOperationException("tokenizer_config.json names no eos_token");

    /// <summary>Null if neither tokenizer.json nor tokenizer_config.json says.</summary>
    public int? PadTokenId => _parts.Padding?.TokenId ?? _special.Pad;

    public IReadOnlyList<string> SpecialTokens { get; }

    internal bool HasEnd => _special.Eos is not null;

    public Truncation? Truncation => _parts.Truncation;

    public Padding? Padding => _parts.Padding;

    public IReadOnlyList<int> Encode(string text)
    {
        var tokens = _scratch ?? [];
        tokens.Clear();
        _scratch = tokens.Capacity > LargestScratch ? null : tokens;
        Tokenize(text, AddedTokenMatching.None, [], isTracked: false, tokens);
        var ids = new int[tokens.Count];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = tokens[i].Id;
        }

        return ids;
    }

    public TokenEncoding Encode(string text, string? pair, TokenizerOptions options)
    {
        var first = Tokenize(text, options.AddedTokens, options.Words, options.Offsets);
        var second = pair is null ? null : Tokenize(pair, options.AddedTokens, [], options.Offsets);
        var added = options.AddSpecialTokens ? _parts.PostProcessor.CountAdded(second is not null) : 0;
        var fullCount = first.Count + (second?.Count ?? 0) + added;
        if (options.Truncation is { } truncation)
        {
            Truncator.Apply(first, second, truncation, added);
        }

        List<EncodedPart> parts = [new EncodedPart(first, 0, 0)];
        if (second is not null)
        {
            parts.Add(new EncodedPart(second, 1, 1));
        }

        parts = _parts.PostProcessor.Process(parts, options.AddSpecialTokens);
        return EncodingWriter.Write(parts, options, fullCount);
    }

    public string Decode(IEnumerable<int> ids, bool skipSpecialTokens)
    {
        var tokens = ids.Where(id => _table.TextOf(id) is not null && !(skipSpecialTokens && _table.IsSpecial(id)))
            .Select(id => _table.TextOf(id)!)
            .ToList();
        return _parts.Decoder is { } decoder ? string.Concat(decoder.Decode(tokens)) : string.Join(' ', tokens);
    }

    public bool TryGetId(string token, out int id) => _table.TryGetId(token, out id);

    public string? TokenText(int tokenId) => _table.TextOf(tokenId);

    public ReadOnlyMemory<byte> TokenBytes(int tokenId) => _table.BytesOf(tokenId);

    private List<Token> Tokenize(string text, AddedTokenMatching matching, IReadOnlyList<TextSpan> words, bool isTracked) =>
        Tokenize(text, matching, words, isTracked, new List<Token>(text.Length / 3 + 1));

    private List<Token> Tokenize(string text, AddedTokenMatching matching, IReadOnlyList<TextSpan> words, bool isTracked, List<Token> tokens)
    {
        text = WellFormed.Text(text);
        foreach (var (part, added) in _parts.Added.Cut(AlignedText.Create(text, isTracked || _needsPlaces || words.Count > 0), matching, words))
        {
            if (added is not null)
            {
                tokens.Add(new Token(added.Id, part.StartOf(0), part.EndOf(part.Length - 1)));
                continue;
            }

            Tokenize(part, tokens, isTracked);
        }

        return isTracked && _parts.TrimsSpaces ? EncodingWriter.TrimSpaces(tokens, text) : tokens;
    }

    private void Tokenize(AlignedText text, List<Token> tokens, bool isTracked)
    {
        var segment = new Segment(text);
        _parts.PreTokenizer.Apply(segment);
        foreach (var piece in segment.Pieces)
        {
            var first = tokens.Count;
            _parts.Model.Tokenize(segment.Span(piece), tokens);
            for (var i = first; isTracked && i < tokens.Count; i++)
            {
                // Places within the piece become places in the caller's text.
                var token = tokens[i];
                tokens[i] = token with
                {
                    Start = segment.Text.StartOf(piece.Start + token.Start),
                    End = segment.Text.EndOf(piece.Start + token.End - 1),
                };
            }
        }
    }
}
