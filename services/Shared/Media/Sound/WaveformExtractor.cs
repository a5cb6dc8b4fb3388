using System.Numerics.Tensors;

namespace Sensorium.Media.Sound;

/// <summary>The samples themselves, as Wav2Vec2FeatureExtractor and MoonshineFeatureExtractor give them: as many as there are.</summary>
internal sealed class WaveformExtractor : ISoundFeatures
{
    /// <summary>Raised whenever this code's output changes for equal parameters; part of the digest.</summary>
    private const int FormatVersion = 1;

    /// <summary>Of a frame, where frames count.</summary>
    private const int FramesPerSecond = 100;

    // Keeps silence from being divided by 0.
    private const double LeastVariance = 1e-7;

    private readonly WaveformConfig _config;

    public WaveformExtractor(WaveformConfig config)
    {
        if (config.SamplingRate <= 0)
        {
            throw new InvalidDataException($"'sampling_rate' is {config.SamplingRate}, but must be positive");
        }

        _config = config;
        Digest = ParameterDigest.Of(new { FormatVersion, Kind = "waveform", config, config.LeastSamples, config.Windows });
    }

    public WindowSize Windows => _config.Windows;

    public string Digest { get; }

    public int[] ShapeOf(int samples) => [Math.Max(samples, _config.LeastSamples)];

    public int FramesOf(int samples) => Math.Max(1, (int)((long)samples * FramesPerSecond / _config.SamplingRate));

    public void Extract(ReadOnlySpan<float> samples, Span<float> target)
    {
        ArgumentOutOfRangeException.ThrowIfZero(samples.Length);
        if (_config.DoNormalize)
        {
            Normalize(samples, target);
        }
        else
        {
            samples.CopyTo(target);
        }

        target[samples.Length..ShapeOf(samples.Length)[0]].Fill(_config.PaddingValue);
    }

    private static void Normalize(ReadOnlySpan<float> samples, Span<float> target)
    {
        double sum = 0, squares = 0;
        foreach (var sample in samples)
        {
            sum += sample;
        }

        var mean = sum / samples.Length;
        foreach (var sample in samples)
        {
            squares += (sample - mean) * (sample - mean);
        }

        var deviation = Math.Sqrt((squares / samples.Length) + LeastVariance);
        TensorPrimitives.Subtract(samples, (float)mean, target);
        TensorPrimitives.Divide(target[..samples.Length], (float)deviation, target);
    }
}
