using System.Buffers.Binary;

namespace Sensorium.Media.Sound;

/// <summary>Writes samples as a WAV file of one channel and 16 bits, which is read back without ffmpeg.</summary>
public static class WaveWriter
{
    private const int HeaderBytes = 44;
    private const int SampleBytes = sizeof(short);
    private const float Scale = 32768f;

    /// <param name="samples">In [-1, 1); what is beyond is cut off.</param>
    /// <param name="sampleRate">In Hz.</param>
    public static byte[] Write(ReadOnlySpan<float> samples, int sampleRate)
    {
        var file = new byte[HeaderBytes + (samples.Length * SampleBytes)];
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        "WAVEfmt "u8.CopyTo(file.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(24), sampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(28), sampleRate * SampleBytes);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(32), SampleBytes);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(34), 8 * SampleBytes);
        "data"u8.CopyTo(file.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(40), samples.Length * SampleBytes);
        for (var i = 0; i < samples.Length; i++)
        {
            var value = (short)Math.Clamp(MathF.Round(samples[i] * Scale), short.MinValue, short.MaxValue);
            BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(HeaderBytes + (i * SampleBytes)), value);
        }

        return file;
    }
}
