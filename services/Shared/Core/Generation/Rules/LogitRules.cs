using Sensorium.Core.Generation.Parameters;

namespace Sensorium.Core.Generation.Rules;

/// <summary>All rules of one request, in the order in which Hugging Face's generate applies them.</summary>
internal sealed class LogitRules
{
    private readonly ILogitRule[] _rules;

    /// <param name="promptTokens">The start token included.</param>
    public LogitRules(DecodingParameters parameters, int promptTokens) =>
        _rules = [.. Penalties(parameters), .. Lengths(parameters, promptTokens), .. Vocabulary(parameters), .. Given(parameters)];

    public bool Any => _rules.Length > 0;

    /// <summary>The logits themselves if nothing changes them, else <paramref name="buffer"/>.</summary>
    public ReadOnlySpan<float> Apply(ReadOnlySpan<float> logits, float[] buffer, scoped ReadOnlySpan<int> tokens, int produced)
    {
        if (!Any)
        {
            return logits;
        }

        logits.CopyTo(buffer);
        var changed = buffer.AsSpan(0, logits.Length);
        foreach (var rule in _rules)
        {
            rule.Apply(changed, tokens, produced);
        }

        return changed;
    }

    private static IEnumerable<ILogitRule> Penalties(DecodingParameters parameters)
    {
        if (parameters.RepetitionPenalty != 1)
        {
            yield return new RepetitionRule(parameters.RepetitionPenalty, parameters.PenalisesPrompt);
        }

        if (parameters.NoRepeatNgramSize > 0)
        {
            yield return new NoRepeatedRunRule(parameters.NoRepeatNgramSize);
        }

        if (parameters.ForbiddenWords.Count > 0)
        {
            yield return new ForbiddenWordsRule(parameters.ForbiddenWords);
        }
    }

    private static IEnumerable<ILogitRule> Lengths(DecodingParameters parameters, int promptTokens)
    {
        if (parameters.MinNewTokens > 0)
        {
            yield return new SuppressionRule(parameters.EndTokenIds, parameters.MinNewTokens);
        }

        foreach (var (place, token) in parameters.ForcedTokens)
        {
            yield return new ForcedTokenRule(place, [token]);
        }

        if (parameters.ForcedEndIds.Count > 0)
        {
            yield return new ForcedTokenRule(promptTokens + parameters.MaxNewTokens - 1, parameters.ForcedEndIds);
        }
    }

    private static IEnumerable<ILogitRule> Vocabulary(DecodingParameters parameters)
    {
        if (parameters.SuppressedTokenIds.Count > 0)
        {
            yield return new SuppressionRule(parameters.SuppressedTokenIds);
        }

        if (parameters.SuppressedAtStart.Count > 0)
        {
            yield return new SuppressionRule(parameters.SuppressedAtStart, until: 1);
        }

        if (parameters.AllowedAtStart.Count > 0)
        {
            yield return new AllowedStartRule(parameters.AllowedAtStart);
        }

        if (parameters.Timestamps is { } timestamps)
        {
            yield return timestamps;
        }
    }

    private static IEnumerable<ILogitRule> Given(DecodingParameters parameters)
    {
        if (parameters.GivenTokens.Count > 0)
        {
            yield return new GivenTokensRule(parameters.GivenTokens);
        }
    }
}
