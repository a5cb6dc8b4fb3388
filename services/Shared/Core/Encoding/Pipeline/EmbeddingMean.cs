using System.Numerics.Tensors;
using Sensorium.Core.Media;

namespace Sensorium.Core.Encoding.Pipeline;

/// <summary>The vector of a medium: the mean of its segments' vectors, weighted by their durations; of length 1 where theirs are.</summary>
internal static class EmbeddingMean
{
    public static ReadOnlyMemory<float> Of(IReadOnlyList<EncodedSegment> segments)
    {
        if (segments.Count == 1)
        {
            return segments[0].Embedding;
        }

        var (mean, total) = (new float[segments[0].Embedding.Length], 0f);
        foreach (var segment in segments)
        {
            var weight = Weight(segment.Range);
            TensorPrimitives.MultiplyAdd(segment.Embedding.Span, weight, mean, mean);
            total += weight;
        }

        if (segments.All(segment => UnitVectors.IsOne(segment.Embedding.Span)))
        {
            UnitVectors.Scale(mean);
        }
        else
        {
            TensorPrimitives.Divide(mean, total, mean);
        }

        return mean;
    }

    private static float Weight(TimeRange? range) =>
        range is { End: { } end } && end > range.Value.Start ? (float)(end - range.Value.Start).TotalSeconds : 1;
}
