using System.Text;

namespace Sensorium.Tokenization.Decoders;

/// <summary>The bytes that the characters of the tokens stand for, as UTF-8.</summary>
internal sealed class ByteLevelDecoder : ITokenDecoder
{
    public List<string> Decode(List<string> tokens) => [Encoding.UTF8.GetString([.. tokens.SelectMany(BytesOf)])];

    public TokenText DecodeOne(TokenText token) => token.Bytes is null ? new TokenText("", BytesOf(token.Text)) : token;

    private static byte[] BytesOf(string token) => ByteLevelAlphabet.TryGetBytes(token) ?? Encoding.UTF8.GetBytes(token);
}
