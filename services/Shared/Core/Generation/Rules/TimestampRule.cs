using System.Numerics.Tensors;

namespace Sensorium.Core.Generation.Rules;

/// <summary>
/// Radford et al. 2022 (Whisper), as transformers' WhisperTimeStampLogitsProcessor has it: a text begins with a time, times stand in pairs
/// but for the last, none is before the one before it, and where times together are likelier than every word, a time comes next.
/// </summary>
/// <param name="first">The token of 0 seconds; the one before it says that a text has no times.</param>
/// <param name="end">The closing token; words stand before it in the vocabulary.</param>
/// <param name="maxInitial">The first time is at most so many steps; null: any.</param>
internal sealed class TimestampRule(int first, int end, int? maxInitial) : ILogitRule
{
    public void Apply(Span<float> logits, ReadOnlySpan<int> tokens, int produced)
    {
        var text = tokens[^produced..];
        logits[first - 1] = float.NegativeInfinity;
        PlacePairs(logits, text);
        if (text.IsEmpty)
        {
            logits[..first].Fill(float.NegativeInfinity);
            if (maxInitial is { } most && first + most + 1 < logits.Length)
            {
                logits[(first + most + 1)..].Fill(float.NegativeInfinity);
            }
        }
        else if (LogSum(logits[first..]) > TensorPrimitives.Max<float>(logits[..first]))
        {
            logits[..first].Fill(float.NegativeInfinity);
        }
    }

    private void PlacePairs(Span<float> logits, ReadOnlySpan<int> text)
    {
        var endsInTime = text.Length >= 1 && text[^1] >= first;
        var opens = text.Length < 2 || text[^2] >= first;
        if (endsInTime && opens)
        {
            logits[first..].Fill(float.NegativeInfinity);
        }
        else if (endsInTime)
        {
            logits[..end].Fill(float.NegativeInfinity);
        }

        for (var i = text.Length - 1; i >= 0; i--)
        {
            if (text[i] >= first)
            {
                // The same time closes a segment and opens the next one, but no segment is empty.
                logits[first..(endsInTime && !opens ? text[i] : Math.Min(text[i] + 1, logits.Length))].Fill(float.NegativeInfinity);
                return;
            }
        }
    }

    private static float LogSum(ReadOnlySpan<float> logits)
    {
        var max = TensorPrimitives.Max(logits);
        if (float.IsNegativeInfinity(max))
        {
            return max;
        }

        var sum = 0f;
        foreach (var logit in logits)
        {
            sum += MathF.Exp(logit - max);
        }

        return max + MathF.Log(sum);
    }
}
