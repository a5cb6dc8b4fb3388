using System.Numerics.Tensors;

namespace Sensorium.Core.Generation.Sampling;

/// <summary>Cuts the distribution down to what may be drawn.</summary>
internal static class CandidateFilter
{
    /// <summary>
    /// Reads unnormalised probabilities from <see cref="SamplingBuffers.Logits"/>; leaves the candidates' weights in
    /// <see cref="SamplingBuffers.Scratch"/> and their ids in <see cref="SamplingBuffers.TokenIds"/>, and returns how many.
    /// Top-k comes first, top-p counts within what it left. Of equal weights the lower id is likelier to stay.
    /// </summary>
    public static int Keep(SamplingBuffers buffers, int topK, float topP)
    {
        var weights = buffers.Logits.AsSpan();
        if (topP >= 1 && (topK <= 0 || topK >= weights.Length))
        {
            return KeepAbove(buffers, 0);
        }

        var limited = topK > 0 && topK < weights.Length;
        var kept = KeepAbove(buffers, limited ? 0 : NucleusFloor(weights, topP));
        SortDescending(buffers, kept);
        kept = limited ? Math.Min(kept, topK) : kept;
        return topP < 1 ? Nucleus(buffers, kept, topP, limited) : kept;
    }

    // Tokens below (1 - p)/V of the mass hold less than 1 - p of it together, so the smallest set that reaches p is
    // among the others: only those need sorting.
    private static float NucleusFloor(ReadOnlySpan<float> weights, float topP) =>
        (1 - topP) / weights.Length * TensorPrimitives.Sum(weights) * 0.5f;

    private static int KeepAbove(SamplingBuffers buffers, float floor)
    {
        var weights = buffers.Logits;
        var kept = 0;
        for (var id = 0; id < weights.Length; id++)
        {
            if (weights[id] > floor)
            {
                buffers.Scratch[kept] = weights[id];
                buffers.TokenIds[kept++] = id;
            }
        }

        return kept;
    }

    private static void SortDescending(SamplingBuffers buffers, int count)
    {
        var weights = buffers.Scratch.AsSpan(0, count);
        var ids = buffers.TokenIds.AsSpan(0, count);
        TensorPrimitives.Negate(weights, weights);
        weights.Sort(ids);
        TensorPrimitives.Negate(weights, weights);
        OrderTies(weights, ids);
    }

    // The library's sort is not stable; equal weights must not depend on its inner workings.
    private static void OrderTies(ReadOnlySpan<float> weights, Span<int> ids)
    {
        for (var start = 0; start < weights.Length;)
        {
            var end = start + 1;
            while (end < weights.Length && weights[end] == weights[start])
            {
                end++;
            }

            ids[start..end].Sort();
            start = end;
        }
    }

    private static int Nucleus(SamplingBuffers buffers, int kept, float topP, bool limited)
    {
        var weights = buffers.Scratch.AsSpan(0, kept);
        var total = limited ? TensorPrimitives.Sum<float>(weights) : TensorPrimitives.Sum<float>(buffers.Logits);
        var target = (double)topP * total;
        var reached = 0.0;
        for (var i = 0; i < kept; i++)
        {
            reached += weights[i];
            if (reached >= target)
            {
                return i + 1;
            }
        }

        return kept;
    }
}
