using System.Buffers.Binary;

namespace Sensorium.Gateway.Operations.Live.Sound;

/// <summary>A piece of a stream's sound, at the rate that everything listens at.</summary>
/// <param name="Continues">It follows the piece before without a gap.</param>
internal sealed record SoundBlock(TimeSpan Start, float[] Samples, long Arrived, bool Continues);

/// <summary>Makes of a caller's samples one channel at one rate. Small differences between the caller's clock and the count of samples are let pass.</summary>
internal sealed class SoundStream(SoundFormat format)
{
    /// <summary>In Hz. What models of speech and sound read.</summary>
    public const int SampleRate = 16_000;

    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(0.5);

    private readonly Resampler _resampler = new(format.SampleRate, SampleRate);
    private TimeSpan? _origin;
    private long _made;

    /// <summary>How long so many samples last.</summary>
    public static TimeSpan Duration(long samples) => TimeSpan.FromSeconds((double)samples / SampleRate);

    public SoundBlock Add(LiveSound sound, long arrived)
    {
        var continues = _origin is { } origin && (origin + Duration(_made) - sound.Time).Duration() <= Tolerance;
        if (!continues)
        {
            _resampler.Begin();
            (_origin, _made) = (sound.Time, 0);
        }

        var samples = _resampler.Add(Decode(sound.Samples.Span));
        var block = new SoundBlock(_origin!.Value + Duration(_made), samples, arrived, continues);
        _made += samples.Length;
        return block;
    }

    private float[] Decode(ReadOnlySpan<byte> bytes)
    {
        var samples = new float[bytes.Length / format.SampleBytes];
        var width = format.SampleBytes / format.Channels;
        for (var i = 0; i < samples.Length; i++)
        {
            var sum = 0f;
            for (var channel = 0; channel < format.Channels; channel++)
            {
                sum += Value(bytes.Slice(((i * format.Channels) + channel) * width, width));
            }

            samples[i] = sum / format.Channels;
        }

        return samples;
    }

    // What is no number is silence.
    private float Value(ReadOnlySpan<byte> bytes)
    {
        if (format.Encoding == SampleEncoding.Signed16)
        {
            return BinaryPrimitives.ReadInt16LittleEndian(bytes) / 32768f;
        }

        var value = BinaryPrimitives.ReadSingleLittleEndian(bytes);
        return float.IsFinite(value) ? Math.Clamp(value, -1, 1) : 0;
    }
}
