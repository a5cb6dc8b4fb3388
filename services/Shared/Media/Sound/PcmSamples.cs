using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Sensorium.Media.Sound;

/// <summary>16-bit samples to float, as reference loaders hand sound to feature extractors.</summary>
internal static class PcmSamples
{
    private const float Scale = 1f / 32768f;

    /// <param name="bytes">Little endian.</param>
    /// <param name="samples">Half as long at least; values in [-1, 1).</param>
    public static void Convert(ReadOnlySpan<byte> bytes, Span<float> samples)
    {
        var values = MemoryMarshal.Cast<byte, short>(bytes);
        samples = samples[..values.Length];
        if (!BitConverter.IsLittleEndian)
        {
            for (var i = 0; i < values.Length; i++)
            {
                samples[i] = BinaryPrimitives.ReverseEndianness(values[i]) * Scale;
            }

            return;
        }

        TensorPrimitives.ConvertTruncating(values, samples);
        TensorPrimitives.Multiply(samples, Scale, samples);
    }
}
