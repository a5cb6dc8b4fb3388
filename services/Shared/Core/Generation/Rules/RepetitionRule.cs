namespace Sensorium.Core.Generation.Rules;

/// <summary>
/// Keskar et al. 2019 (CTRL), section 4.1: logits of tokens that are there already are divided by the penalty if positive,
/// multiplied by it if negative.
/// </summary>
/// <param name="countsPrompt">Start token and prompt count as well.</param>
internal sealed class RepetitionRule(float penalty, bool countsPrompt) : ILogitRule
{
    private readonly HashSet<int> _seen = [];

    public void Apply(Span<float> logits, ReadOnlySpan<int> tokens, int produced)
    {
        _seen.Clear();
        foreach (var token in countsPrompt ? tokens : tokens[^produced..])
        {
            if (_seen.Add(token))
            {
                logits[token] = logits[token] > 0 ? logits[token] / penalty : logits[token] * penalty;
            }
        }
    }
}
