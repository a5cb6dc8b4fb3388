using System.Numerics.Tensors;
using Sensorium.Core.Media;

namespace Sensorium.Core.Encoding.Pipeline;

/// <summary>The vector of a medium: the mean of its segments' vectors, weighted by their durations, scaled to length 1.</summary>
internal static class EmbeddingMean
{
    public static ReadOnlyMemory<float> Of(IReadOnlyList<EncodedSegment> segments)
    {
        if (segments.Count == 1)
        {
            return segments[0].Embedding;
        }

        var mean = new float[segments[0].Embedding.Length];
        foreach (var segment in segments)
        {
            TensorPrimitives.MultiplyAdd(segment.Embedding.Span, Weight(segment.Range), mean, mean);
        }

        UnitVectors.Scale(mean);
        return mean;
    }

    private static float Weight(TimeRange? range) =>
        range is { End: { } end } && end > range.Value.Start ? (float)(end - range.Value.Start).TotalSeconds : 1;
}
