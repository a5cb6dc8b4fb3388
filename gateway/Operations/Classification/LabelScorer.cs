using System.Numerics.Tensors;
using Sensorium.Core.Encoding;

namespace Sensorium.Gateway.Operations.Classification;

/// <summary>The arithmetic of zero-shot classification.</summary>
internal static class LabelScorer
{
    /// <summary>The mean of vectors, each of which counts alike whatever its length, brought to length 1; zero if they cancel each other.</summary>
    public static float[] Mean(IReadOnlyList<ReadOnlyMemory<float>> vectors)
    {
        var mean = new float[vectors[0].Length];
        foreach (var vector in vectors)
        {
            var weight = UnitVectors.IsOne(vector.Span) ? 1 : 1 / TensorPrimitives.Norm(vector.Span);
            TensorPrimitives.MultiplyAdd(vector.Span, weight, mean, mean);
        }

        UnitVectors.Scale(mean);
        return mean;
    }

    public static float[] Similarities(ReadOnlyMemory<float> item, IReadOnlyList<float[]> labels) =>
        [.. labels.Select(label => UnitVectors.Cosine(item.Span, label))];

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
