using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Sensorium.Core.Errors;

namespace Sensorium.Core.Generation.Sampling;

internal static class LogitMath
{
    /// <summary>log Σ exp(logits), shifted by the maximum so that nothing overflows. Throws MODEL_FAULT for NaN or infinity.</summary>
    public static float LogSumExp(ReadOnlySpan<float> logits)
    {
        var max = logits[TensorPrimitives.IndexOfMax(logits)];
        var result = max + MathF.Log(SumOfExponentials(logits, max));
        return float.IsFinite(result)
            ? result
            : throw SensoriumException.ModelFault($"The decoder gave logits that are not numbers (maximum {max}).");
    }

    // One pass, nothing written: this runs for every row of every step.
    private static float SumOfExponentials(ReadOnlySpan<float> logits, float max)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(logits);
        var shift = new Vector<float>(max);
        var sums = Vector<float>.Zero;
        foreach (var vector in vectors)
        {
            sums += Vector.Exp(vector - shift);
        }

        var sum = Vector.Sum(sums);
        foreach (var logit in logits[(vectors.Length * Vector<float>.Count)..])
        {
            sum += MathF.Exp(logit - max);
        }

        return sum;
    }

    /// <summary>
    /// Keskar et al. 2019 (CTRL), section 4.1: logits of tokens already produced are divided by the penalty if positive,
    /// multiplied by it if negative.
    /// </summary>
    public static void PenaliseRepetition(Span<float> logits, IReadOnlyList<int> produced, float penalty)
    {
        for (var i = 0; i < produced.Count; i++)
        {
            var logit = logits[produced[i]];
            logits[produced[i]] = logit > 0 ? logit / penalty : logit * penalty;
        }
    }

    public static void Suppress(Span<float> logits, IReadOnlyList<int> tokenIds)
    {
        for (var i = 0; i < tokenIds.Count; i++)
        {
            logits[tokenIds[i]] = float.NegativeInfinity;
        }
    }
}
