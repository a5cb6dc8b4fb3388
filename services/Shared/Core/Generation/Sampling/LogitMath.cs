using System.Numerics.Tensors;
using Sensorium.Core.Errors;

namespace Sensorium.Core.Generation.Sampling;

internal static class LogitMath
{
    /// <summary>log Σ exp(logits), shifted by the maximum so that nothing overflows. Throws MODEL_FAULT for NaN or infinity.</summary>
    public static float LogSumExp(ReadOnlySpan<float> logits, Span<float> scratch)
    {
        var max = TensorPrimitives.Max(logits);
        var shifted = scratch[..logits.Length];
        TensorPrimitives.Subtract(logits, max, shifted);
        TensorPrimitives.Exp(shifted, shifted);
        var result = max + MathF.Log(TensorPrimitives.Sum<float>(shifted));
        return float.IsFinite(result)
            ? result
            : throw SensoriumException.ModelFault($"The decoder gave logits that are not numbers (maximum {max}).");
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
