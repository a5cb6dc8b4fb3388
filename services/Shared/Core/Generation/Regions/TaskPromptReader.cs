using Sensorium.Core.Errors;
using Sensorium.Core.Generation.Chat;
using Sensorium.Core.Generation.Parameters;
using Sensorium.Core.Tokenization;

namespace Sensorium.Core.Generation.Regions;

/// <summary>Prompts of a model that reads them together with the media. Special tokens in callers' words are words, but for those of places.</summary>
internal sealed class TaskPromptReader(IModelTokenizer tokenizer, TaskPrompts tasks, int startTokenId, int capacity) : IPromptReader
{
    // Normalising may shorten a text, but not by half.
    private const int Slack = 2;

    private readonly int _longestToken = Enumerable.Range(0, tokenizer.VocabularySize).Max(id => tokenizer.TokenBytes(id).Length);
    private readonly CallersWords _words = new([.. tokenizer.SpecialTokens.Where(token => !PlaceTokens.IsPlace(token))]);

    public ReadPrompt Read(string? prompt)
    {
        var asked = string.IsNullOrEmpty(prompt) ? tasks.Usual : prompt;

        // Megabytes are refused before they are tokenised.
        if (asked.Length > (long)Slack * capacity * Math.Max(1, _longestToken))
        {
            throw SensoriumException.Invalid(
                ErrorReasons.PromptTooLong, $"The prompt has {asked.Length} characters; it and the media together have room for {capacity} tokens.", "prompt");
        }

        var (sentence, form) = tasks.Write(asked, _words.Guard);
        var (text, words) = CallersWords.Release(sentence);
        var encoding = tokenizer.Encode(text, null, new TokenizerOptions { AddedTokens = AddedTokenMatching.All, Words = words });
        return new ReadPrompt([startTokenId], [.. encoding.Ids]) { Regions = form };
    }
}
