using Sensorium.Core.Tokenization;

namespace Sensorium.Core.Generation.Regions;

/// <summary>A tokenizer whose tokens of places, which are special ones of its file, are text of the answers that name them.</summary>
internal sealed class PlaceTokenizer(IModelTokenizer tokenizer) : ITokenizer
{
    private readonly Dictionary<int, ReadOnlyMemory<byte>> _places = Enumerable.Range(0, tokenizer.VocabularySize)
        .Select(id => (Id: id, Text: tokenizer.TokenText(id)))
        .Where(token => token.Text is not null && PlaceTokens.IsPlace(token.Text))
        .ToDictionary(token => token.Id, token => (ReadOnlyMemory<byte>)System.Text.Encoding.UTF8.GetBytes(token.Text!));

    public int VocabularySize => tokenizer.VocabularySize;

    public int BosTokenId => tokenizer.BosTokenId;

    public int EosTokenId => tokenizer.EosTokenId;

    public IReadOnlyList<int> Encode(string text) => tokenizer.Encode(text);

    public ReadOnlyMemory<byte> TokenBytes(int tokenId) => _places.TryGetValue(tokenId, out var place) ? place : tokenizer.TokenBytes(tokenId);
}
