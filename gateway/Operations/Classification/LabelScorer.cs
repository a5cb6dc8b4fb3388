using System.Numerics.Tensors;

namespace Sensorium.Gateway.Operations.Classification;

/// <summary>The arithmetic of zero-shot classification.</summary>
internal static class LabelScorer
{
    /// <summary>The mean of vectors of length 1, renormalised; zero if they cancel each other.</summary>
    public static float[] Mean(IReadOnlyList<ReadOnlyMemory<float>> vectors)
    {
        var mean = vectors[0].ToArray();
        foreach (var vector in vectors.Skip(1))
        {
            TensorPrimitives.Add(mean, vector.Span, mean);
        }

        var length = TensorPrimitives.Norm<float>(mean);
        if (length > 0)
        {
            TensorPrimitives.Divide(mean, length, mean);
        }

        return mean;
    }

    /// <summary>Vectors have length 1, so that the dot product is the cosine; rounding may carry it just past 1.</summary>
    public static float[] Similarities(ReadOnlyMemory<float> item, IReadOnlyList<float[]> labels) =>
        [.. labels.Select(label => Math.Clamp(TensorPrimitives.Dot(item.Span, label), -1f, 1f))];

    public static float[] Scores(ReadOnlySpan<float> similarities, Scoring scoring, float scale, float bias)
    {
        var scores = new float[similarities.Length];
        TensorPrimitives.Multiply(similarities, scale, scores);
        if (scoring == Scoring.Independent)
        {
            TensorPrimitives.Add(scores, bias, scores);
            TensorPrimitives.Sigmoid(scores, scores);
            return scores;
        }

        // The largest becomes 0, so that no exponential overflows.
        TensorPrimitives.Subtract(scores, TensorPrimitives.Max<float>(scores), scores);
        TensorPrimitives.SoftMax(scores, scores);
        return scores;
    }
}
