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
}
