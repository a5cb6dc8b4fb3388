namespace Sensorium.Core.Generation.Rules;

/// <summary>No run of so many tokens occurs twice: Hugging Face's no_repeat_ngram_size. Start token and prompt count.</summary>
internal sealed class NoRepeatedRunRule(int length) : ILogitRule
{
    public void Apply(Span<float> logits, ReadOnlySpan<int> tokens, int produced)
    {
        if (tokens.Length < length)
        {
            return;
        }

        var latest = tokens[^(length - 1)..];
        for (var start = 0; start + length <= tokens.Length; start++)
        {
            if (tokens.Slice(start, length - 1).SequenceEqual(latest))
            {
                logits[tokens[start + length - 1]] = float.NegativeInfinity;
            }
        }
    }
}
