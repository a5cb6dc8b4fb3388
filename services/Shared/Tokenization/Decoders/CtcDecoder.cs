namespace Sensorium.Tokenization.Decoders;

/// <summary>Connectionist temporal classification: a token that repeats is one, and padding between two keeps them apart.</summary>
internal sealed class CtcDecoder(string padding, string wordDelimiter, bool cleans) : ITokenDecoder
{
    public List<string> Decode(List<string> tokens) =>
        [.. tokens.Where((token, index) => index == 0 || token != tokens[index - 1]).Select(Change).Where(text => text.Length > 0)];

    public TokenText DecodeOne(TokenText token) => token.Map(Change);

    private string Change(string token)
    {
        var text = token.Replace(padding, "", StringComparison.Ordinal);
        return cleans ? EnglishCleanup.Apply(text).Replace(wordDelimiter, " ", StringComparison.Ordinal) : text;
    }
}
