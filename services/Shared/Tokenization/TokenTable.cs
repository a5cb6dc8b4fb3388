using System.Text;
using Sensorium.Tokenization.Decoders;

namespace Sensorium.Tokenization;

/// <summary>Tokens by id: as the vocabulary writes them, whether they are special, and the bytes that they stand for.</summary>
internal sealed class TokenTable
{
    private readonly string?[] _tokens;
    private readonly bool[] _special;
    private readonly Dictionary<string, int> _added = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<string, int> _vocabulary;

    // One block for all, as large vocabularies have hundreds of thousands of tokens.
    private readonly byte[] _bytes;
    private readonly int[] _ends;

    public TokenTable(TokenizerParts parts)
    {
        _vocabulary = parts.Model.Vocabulary;
        var added = parts.Added.Tokens;
        Size = _vocabulary.Values.Concat(added.Select(token => token.Id)).DefaultIfEmpty(-1).Max() + 1;
        _tokens = new string?[Size];
        _special = new bool[Size];
        foreach (var (token, id) in _vocabulary)
        {
            _tokens[id] = token;
        }

        foreach (var token in added)
        {
            _tokens[token.Id] = token.Content;
            _special[token.Id] = token.IsSpecial;
            _added[token.Content] = token.Id;
        }

        (_bytes, _ends) = ReadBytes(parts.Decoder);
    }

    public int Size { get; }

    public bool TryGetId(string token, out int id) => _added.TryGetValue(token, out id) || _vocabulary.TryGetValue(token, out id);

    public string? TextOf(int id) => id >= 0 && id < Size ? _tokens[id] : null;

    public bool IsSpecial(int id) => _special[id];

    public ReadOnlyMemory<byte> BytesOf(int id)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(id);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(id, Size);
        var start = id == 0 ? 0 : _ends[id - 1];
        return _bytes.AsMemory(start, _ends[id] - start);
    }

    private (byte[] Bytes, int[] Ends) ReadBytes(ITokenDecoder? decoder)
    {
        using var bytes = new MemoryStream();
        var ends = new int[Size];
        for (var id = 0; id < Size; id++)
        {
            if (_tokens[id] is { } token && !_special[id])
            {
                bytes.Write(Decode(decoder, token, _added.ContainsKey(token)));
            }

            ends[id] = (int)bytes.Length;
        }

        return (bytes.ToArray(), ends);
    }

    // An added token is text, whatever its characters stand for in the alphabet of bytes.
    private static byte[] Decode(ITokenDecoder? decoder, string token, bool isAdded)
    {
        var text = decoder?.DecodeOne(new TokenText(token, null)) ?? new TokenText(" " + token, null);
        return text.Bytes is null ? Encoding.UTF8.GetBytes(text.Text) : isAdded ? Encoding.UTF8.GetBytes(token) : text.Bytes;
    }
}
