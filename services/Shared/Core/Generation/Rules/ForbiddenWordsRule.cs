namespace Sensorium.Core.Generation.Rules;

/// <summary>The last token of a forbidden sequence cannot follow the others: Hugging Face's bad_words_ids.</summary>
internal sealed class ForbiddenWordsRule(IReadOnlyList<IReadOnlyList<int>> words) : ILogitRule
{
    public void Apply(Span<float> logits, ReadOnlySpan<int> tokens, int produced)
    {
        foreach (var word in words)
        {
            if (EndsWith(tokens, word))
            {
                TokenMasks.Suppress(logits, [word[^1]]);
            }
        }
    }

    private static bool EndsWith(ReadOnlySpan<int> tokens, IReadOnlyList<int> word)
    {
        if (word.Count == 0 || tokens.Length < word.Count - 1)
        {
            return false;
        }

        var start = tokens.Length - (word.Count - 1);
        for (var i = 0; i < word.Count - 1; i++)
        {
            if (tokens[start + i] != word[i])
            {
                return false;
            }
        }

        return true;
    }
}
