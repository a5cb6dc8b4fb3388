namespace Sensorium.Tokenization.Decoders;

/// <summary>A step that turns tokens into text. Safe for concurrent use.</summary>
internal interface ITokenDecoder
{
    List<string> Decode(List<string> tokens);

    /// <summary>What a token within a text, not at its beginning, becomes.</summary>
    TokenText DecodeOne(TokenText token);
}

/// <summary>A token on its way to text; bytes once it may be part of a character.</summary>
internal readonly record struct TokenText(string Text, byte[]? Bytes)
{
    public TokenText Map(Func<string, string> change) => Bytes is null ? new TokenText(change(Text), null) : this;
}
