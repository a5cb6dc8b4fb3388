using Sensorium.Core.Tokenization;

namespace Sensorium.Core.UnitTests.Diffusion.Fakes;

/// <summary>A token for each word: the number that it is, or its length; framed by 1 and 2.</summary>
internal sealed class FakeWords : IModelTokenizer
{
    public int VocabularySize => 1000;

    public int BosTokenId => 1;

    public int EosTokenId => 2;

    public Truncation? Truncation => null;

    public Padding? Padding => null;

    public IReadOnlyList<string> SpecialTokens => [];

    public IReadOnlyList<int> Encode(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => int.TryParse(word, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : word.Length)];

    public TokenEncoding Encode(string text, string? pair, TokenizerOptions options)
    {
        List<int> ids = [BosTokenId, .. Encode(text), EosTokenId];
        var count = ids.Count;
        ids.AddRange(Enumerable.Repeat(options.Padding!.TokenId, Math.Max(0, options.Padding.Length!.Value - count)));
        return new TokenEncoding { Ids = ids, TypeIds = [], AttentionMask = [], Sequences = [], Offsets = null, FullCount = count };
    }

    public ReadOnlyMemory<byte> TokenBytes(int tokenId) => default;

    public string Decode(IEnumerable<int> ids, bool skipSpecialTokens) => "";

    public bool TryGetId(string token, out int id)
    {
        id = 0;
        return false;
    }

    public string? TokenText(int tokenId) => null;
}
