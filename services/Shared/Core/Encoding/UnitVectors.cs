using System.Numerics.Tensors;

namespace Sensorium.Core.Encoding;

/// <summary>Arithmetic of embeddings. Most models give vectors of length 1; similarities depend on no length.</summary>
public static class UnitVectors
{
    // What is left of rounding, to float16 too.
    private const float Tolerance = 2e-3f;

    /// <summary>Whether a vector is of length 1.</summary>
    public static bool IsOne(ReadOnlySpan<float> vector) => Math.Abs(TensorPrimitives.Norm(vector) - 1) <= Tolerance;

    /// <summary>Cosine of two vectors of any length, which rounding may carry just past 1; 0 where one has none.</summary>
    public static float Cosine(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        var lengths = TensorPrimitives.Norm(left) * TensorPrimitives.Norm(right);
        return lengths > 0 ? Math.Clamp(TensorPrimitives.Dot(left, right) / lengths, -1f, 1f) : 0;
    }

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
