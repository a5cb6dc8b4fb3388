using System.Buffers;
using System.Numerics.Tensors;
using Sensorium.Core.Encoding;

namespace Sensorium.Caching.Entries;

/// <summary>Float16 for features: half the memory and traffic, with a relative error of at most 2^-11.</summary>
internal static class HalfPrecision
{
    /// <summary>False if a value would overflow or is not a number; such features stay float32.</summary>
    public static bool Holds(ReadOnlySpan<float> values) =>
        values.IsEmpty || TensorPrimitives.MaxMagnitude(values) <= (float)Half.MaxValue;

    /// <summary>A single token is short, and may be the scores of labels, which are told as exactly as the model gives them.</summary>
    public static bool Suits(FeatureSequence features) => features.Tokens > 1 && Holds(features.Data.Span);

    /// <summary>A copy holding exactly what decoding the stored value will yield. Rounding twice changes nothing.</summary>
    public static FeatureSequence Round(FeatureSequence features)
    {
        var rounded = features.Data.ToArray();
        if (Suits(features))
        {
            var halves = ArrayPool<Half>.Shared.Rent(rounded.Length);
            TensorPrimitives.ConvertToHalf(rounded, halves);
            TensorPrimitives.ConvertToSingle(halves.AsSpan(0, rounded.Length), rounded);
            ArrayPool<Half>.Shared.Return(halves);
        }

        return features with { Data = rounded };
    }
}
