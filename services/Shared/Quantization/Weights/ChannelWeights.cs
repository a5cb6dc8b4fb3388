using Sensorium.Quantization.Graphs;
using Sensorium.Quantization.Onnx;

namespace Sensorium.Quantization.Weights;

/// <summary>Weights as signed bytes, with a scale for each channel.</summary>
internal static class ChannelWeights
{
    private const float Most = sbyte.MaxValue;

    /// <param name="weights">Of any rank.</param>
    /// <param name="axis">That of the channels.</param>
    public static (sbyte[] Values, float[] Scales) Quantize(TensorProto weights, int axis)
    {
        var values = weights.Floats();
        var channels = (int)weights.Dims[axis];
        var inner = (int)weights.Dims.Skip(axis + 1).Aggregate(1L, (product, size) => product * size);
        var scales = new float[channels];
        for (var i = 0; i < values.Length; i++)
        {
            ref var scale = ref scales[i / inner % channels];
            scale = Math.Max(scale, Math.Abs(values[i]) / Most);
        }

        for (var channel = 0; channel < channels; channel++)
        {
            scales[channel] = scales[channel] > 0 ? scales[channel] : 1;
        }

        var rounded = new sbyte[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            rounded[i] = (sbyte)Math.Clamp(MathF.Round(values[i] / scales[i / inner % channels]), -Most, Most);
        }

        return (rounded, scales);
    }
}
