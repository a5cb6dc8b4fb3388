namespace Sensorium.Core.Generation.Rules;

/// <summary>The output is given. Comes last, so that no other rule has a say.</summary>
internal sealed class GivenTokensRule(IReadOnlyList<int> ids) : ILogitRule
{
    public void Apply(Span<float> logits, ReadOnlySpan<int> tokens, int produced)
    {
        if (produced < ids.Count)
        {
            TokenMasks.Force(logits, [ids[produced]]);
        }
    }
}
