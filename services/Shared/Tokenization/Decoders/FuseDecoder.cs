namespace Sensorium.Tokenization.Decoders;

/// <summary>Makes one text of all tokens, for the steps after it.</summary>
internal sealed class FuseDecoder : ITokenDecoder
{
    public List<string> Decode(List<string> tokens) => [string.Concat(tokens)];

    public TokenText DecodeOne(TokenText token) => token;
}
