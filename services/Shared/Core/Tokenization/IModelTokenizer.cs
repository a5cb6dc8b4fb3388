namespace Sensorium.Core.Tokenization;

/// <summary>The whole of a tokenizer: model inputs with pairs and types, places of tokens, and text of whole sequences.</summary>
public interface IModelTokenizer : ITokenizer
{
    /// <summary>What the file says about truncation; null if nothing.</summary>
    Truncation? Truncation { get; }

    /// <summary>What the file says about padding; null if nothing.</summary>
    Padding? Padding { get; }

    /// <summary>Tokens that mean something to the model and are no text, as the file writes them.</summary>
    IReadOnlyList<string> SpecialTokens { get; }

    TokenEncoding Encode(string text, string? pair, TokenizerOptions options);

    /// <summary>The text of a whole sequence. Ids that there are not are left out.</summary>
    string Decode(IEnumerable<int> ids, bool skipSpecialTokens);

    bool TryGetId(string token, out int id);

    /// <summary>The token as the vocabulary writes it; null if there is none of that id.</summary>
    string? TokenText(int tokenId);
}
