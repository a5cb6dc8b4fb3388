namespace Sensorium.Core.Generation.Rules;

/// <summary>The likeliest of certain tokens comes first, however likely others are.</summary>
internal sealed class AllowedStartRule(IReadOnlyList<int> ids) : ILogitRule
{
    private readonly HashSet<int> _ids = [.. ids];

    public void Apply(Span<float> logits, ReadOnlySpan<int> tokens, int produced)
    {
        for (var id = 0; produced == 0 && id < logits.Length; id++)
        {
            if (!_ids.Contains(id))
            {
                logits[id] = float.NegativeInfinity;
            }
        }
    }
}
