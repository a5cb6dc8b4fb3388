using Sensorium.Core.Tokenization;

namespace Sensorium.Core.UnitTests.Generation.Fakes;

/// <summary>Ids 0 to 2 are special; 3 is "a", 4 is "b" and so on.</summary>
internal sealed class LetterTokenizer : ITokenizer
{
    private const int FirstLetter = 3;

    public int VocabularySize => 12;

    public int BosTokenId => HashDecoder.Start;

    public int EosTokenId => HashDecoder.End;

    public IReadOnlyList<int> Encode(string text) => [.. text.Select(letter => letter - 'a' + FirstLetter)];

    public ReadOnlyMemory<byte> TokenBytes(int tokenId) => tokenId < FirstLetter ? default : new[] { (byte)('a' + tokenId - FirstLetter) };

    public static string Text(IEnumerable<int> tokens) =>
        string.Concat(tokens.Where(token => token >= FirstLetter).Select(token => (char)('a' + token - FirstLetter)));
}
