namespace Sensorium.Core.Generation.Rules;

internal static class TokenMasks
{
    /// <summary>These cannot be chosen. Ids that the vocabulary does not have are passed over: configurations name such.</summary>
    public static void Suppress(Span<float> logits, IReadOnlyList<int> ids)
    {
        for (var i = 0; i < ids.Count; i++)
        {
            if ((uint)ids[i] < (uint)logits.Length)
            {
                logits[ids[i]] = float.NegativeInfinity;
            }
        }
    }

    /// <summary>One of these is chosen; none of them is likelier than another.</summary>
    public static void Force(Span<float> logits, IReadOnlyList<int> ids)
    {
        logits.Fill(float.NegativeInfinity);
        for (var i = 0; i < ids.Count; i++)
        {
            logits[ids[i]] = 0;
        }
    }
}
