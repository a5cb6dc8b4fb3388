namespace Sensorium.Core.Generation.Rules;

/// <summary>A place of the sequence that can hold these tokens alone.</summary>
/// <param name="place">Counted from the start token, which is at 0.</param>
internal sealed class ForcedTokenRule(int place, IReadOnlyList<int> ids) : ILogitRule
{
    public void Apply(Span<float> logits, ReadOnlySpan<int> tokens, int produced)
    {
        if (tokens.Length == place)
        {
            TokenMasks.Force(logits, ids);
        }
    }
}
