namespace Sensorium.Tokenization.Decoders;

/// <summary>Changes token after token, knowing which is the first and which the last.</summary>
internal sealed class EachDecoder(Func<string, bool, bool, string> change) : ITokenDecoder
{
    public List<string> Decode(List<string> tokens) => [.. tokens.Select((token, index) => change(token, index == 0, index == tokens.Count - 1))];

    public TokenText DecodeOne(TokenText token) => token.Map(text => change(text, false, false));
}
