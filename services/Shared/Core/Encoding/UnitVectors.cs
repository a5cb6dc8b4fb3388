using System.Numerics.Tensors;

namespace Sensorium.Core.Encoding;

/// <summary>Arithmetic of embeddings, which are vectors of length 1.</summary>
public static class UnitVectors
{
    /// <summary>Cosine of two vectors of length 1: their dot product, which rounding may carry just past 1.</summary>
    public static float Cosine(ReadOnlySpan<float> left, ReadOnlySpan<float> right) => Math.Clamp(TensorPrimitives.Dot(left, right), -1f, 1f);

    /// <summary>Brings a vector to length 1. One of zeros, as of vectors that cancel each other, stays as it is.</summary>
    public static void Scale(Span<float> vector)
    {
        var length = TensorPrimitives.Norm<float>(vector);
        if (length > 0)
        {
            TensorPrimitives.Divide(vector, length, vector);
        }
    }
}
