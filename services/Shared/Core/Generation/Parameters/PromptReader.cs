using Sensorium.Core.Errors;
using Sensorium.Core.Tokenization;

namespace Sensorium.Core.Generation.Parameters;

/// <summary>Turns the prompt of a request into the tokens that are fed before the first one is produced.</summary>
internal sealed class PromptReader(ITokenizer tokenizer, int startTokenId, int capacity) : IPromptReader
{
    // Normalising may shorten a text, but not by half.
    private const int Slack = 2;

    private readonly int _longestToken = Enumerable.Range(0, tokenizer.VocabularySize).Max(id => tokenizer.TokenBytes(id).Length);

    /// <summary>Start token, then the prompt without a closing token. Throws PROMPT_TOO_LONG if no room is left for output.</summary>
    public ReadPrompt Read(string? prompt)
    {
        if (string.IsNullOrEmpty(prompt))
        {
            return new ReadPrompt([startTokenId], []);
        }

        // Megabytes are refused before they are tokenised.
        if (prompt.Length > Slack * capacity * _longestToken)
        {
            throw TooLong($"{prompt.Length} characters");
        }

        int[] tokens = [startTokenId, .. tokenizer.Encode(prompt)];
        return tokens.Length < capacity ? new ReadPrompt(tokens, []) : throw TooLong($"{tokens.Length - 1} tokens");
    }

    private SensoriumException TooLong(string length) => SensoriumException.Invalid(
        ErrorReasons.PromptTooLong, $"The prompt has {length}; prompt and output together have room for {capacity - 1} tokens.", "prompt");
}
