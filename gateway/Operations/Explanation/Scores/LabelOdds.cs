using System.Numerics.Tensors;
using Sensorium.Gateway.Operations.Classification;

namespace Sensorium.Gateway.Operations.Explanation.Scores;

/// <summary>
/// The logarithm of the odds of one label. A probability near 0 or 1 hardly moves whatever is hidden; its odds do.
/// </summary>
internal static class LabelOdds
{
    /// <param name="logits">Of all labels.</param>
    /// <param name="label">Which one is asked about.</param>
    /// <param name="scoring">Whether labels exclude each other.</param>
    public static double Of(ReadOnlySpan<float> logits, int label, Scoring scoring)
    {
        if (scoring == Scoring.Independent)
        {
            return logits[label];
        }

        var largest = double.NegativeInfinity;
        for (var i = 0; i < logits.Length; i++)
        {
            largest = i == label ? largest : Math.Max(largest, logits[i]);
        }

        var sum = 0.0;
        for (var i = 0; i < logits.Length; i++)
        {
            sum += i == label ? 0 : Math.Exp(logits[i] - largest);
        }

        return logits[label] - largest - Math.Log(sum);
    }

    /// <summary>Similarities as logits.</summary>
    public static float[] Scale(ReadOnlySpan<float> similarities, LabelScale scale)
    {
        var logits = new float[similarities.Length];
        TensorPrimitives.Multiply(similarities, scale.Scale, logits);
        TensorPrimitives.Add(logits, scale.Scoring == Scoring.Independent ? scale.Bias : 0, logits);
        return logits;
    }
}
