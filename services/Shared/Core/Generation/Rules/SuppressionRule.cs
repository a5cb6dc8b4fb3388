namespace Sensorium.Core.Generation.Rules;

/// <summary>Tokens that cannot be chosen, or not before a number of others.</summary>
internal sealed class SuppressionRule(IReadOnlyList<int> ids, int until = int.MaxValue) : ILogitRule
{
    public void Apply(Span<float> logits, ReadOnlySpan<int> tokens, int produced)
    {
        if (produced < until)
        {
            TokenMasks.Suppress(logits, ids);
        }
    }
}
