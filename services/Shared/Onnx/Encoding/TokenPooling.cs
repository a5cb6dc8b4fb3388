using System.Numerics.Tensors;
using Sensorium.Core.Packs;

namespace Sensorium.Onnx.Encoding;

/// <summary>One vector of a medium's tokens, not scaled.</summary>
internal static class TokenPooling
{
    /// <param name="pooling">How.</param>
    /// <param name="tokens">[tokens, width], row major, of the medium alone.</param>
    /// <param name="width">Of each.</param>
    public static float[] Apply(Pooling pooling, ReadOnlySpan<float> tokens, int width)
    {
        switch (pooling)
        {
            case Pooling.First:
                return tokens[..width].ToArray();
            case Pooling.Last:
                return tokens[^width..].ToArray();
        }

        var pooled = tokens[..width].ToArray();
        for (var start = width; start < tokens.Length; start += width)
        {
            var token = tokens.Slice(start, width);
            if (pooling == Pooling.Max)
            {
                TensorPrimitives.Max(pooled, token, pooled);
            }
            else
            {
                TensorPrimitives.Add(pooled, token, pooled);
            }
        }

        if (pooling == Pooling.Mean)
        {
            TensorPrimitives.Divide(pooled, tokens.Length / width, pooled);
        }

        return pooled;
    }
}
