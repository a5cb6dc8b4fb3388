using System.Buffers;
using System.Numerics.Tensors;

namespace Sensorium.Media.Sound;

/// <summary>
/// Logarithms of mel filters as ASTFeatureExtractor defines them, frame by frame, after Kaldi: frames begin at the first sample and lose
/// their mean; each sample loses most of the one before it; Hann window, power, triangles on the mel scale, floored at the float32
/// epsilon. Then zeros up to the length of a window, and normalised with the mean and twice the deviation of training.
/// </summary>
internal sealed class FilterBankExtractor : ISoundFeatures
{
    /// <summary>Raised whenever this code's output changes for equal parameters; part of the digest.</summary>
    private const int FormatVersion = 2;

    private const int Transform = 512;
    private const double LowestHz = 20;
    private const float Preemphasis = 0.97f;
    private const double Floor = 1.192092955078125e-7;

    // Its last sample is the first of the next period, unlike that of Whisper.
    private static readonly float[] Window =
        [.. Enumerable.Range(0, FilterBankConfig.Frame).Select(n => (float)(0.5 - (0.5 * Math.Cos(2 * Math.PI * n / (FilterBankConfig.Frame - 1)))))];

    private readonly FilterBankConfig _config;
    private readonly PowerSpectrum _spectrum = PowerSpectrum.WithoutWindow(Transform);
    private readonly MelFilterBank _filters;

    public FilterBankExtractor(FilterBankConfig config)
    {
        config.Validate();
        _config = config;
        _filters = MelFilterBank.OfKaldi(config.NumMelBins, Transform, config.SamplingRate, LowestHz);
        Digest = ParameterDigest.Of(new { FormatVersion, Kind = "filter bank", config });
    }

    public WindowSize Windows => new(_config.SamplingRate, _config.WindowSamples, 0.1);

    public string Digest { get; }

    public int[] ShapeOf(int samples) => [_config.MaxLength, _config.NumMelBins];

    public int FramesOf(int samples) => _config.MaxLength;

    public void Extract(ReadOnlySpan<float> samples, Span<float> target)
    {
        ArgumentOutOfRangeException.ThrowIfZero(samples.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(samples.Length, _config.WindowSamples);
        target = target[..(_config.MaxLength * _config.NumMelBins)];
        target.Clear();
        var count = samples.Length < FilterBankConfig.Frame ? 0 : 1 + ((samples.Length - FilterBankConfig.Frame) / FilterBankConfig.Hop);
        WriteFrames(samples, count, target);
        if (_config.DoNormalize)
        {
            TensorPrimitives.Subtract(target, (float)_config.Mean, target);
            TensorPrimitives.Divide(target, (float)(2 * _config.Std), target);
        }
    }

    private void WriteFrames(ReadOnlySpan<float> samples, int count, Span<float> target)
    {
        var frames = ArrayPool<float>.Shared.Rent(PowerSpectrum.Lanes * Transform);
        var scratch = ArrayPool<double>.Shared.Rent(_spectrum.ScratchLength);
        var power = ArrayPool<double>.Shared.Rent(_spectrum.Bins * PowerSpectrum.Lanes);
        frames.AsSpan(0, PowerSpectrum.Lanes * Transform).Clear();
        for (var first = 0; first < count; first += PowerSpectrum.Lanes)
        {
            var together = Math.Min(PowerSpectrum.Lanes, count - first);
            for (var lane = 0; lane < together; lane++)
            {
                Shape(samples.Slice((first + lane) * FilterBankConfig.Hop, FilterBankConfig.Frame), frames.AsSpan(lane * Transform, FilterBankConfig.Frame));
            }

            _spectrum.Transform(frames.AsSpan(0, PowerSpectrum.Lanes * Transform), Transform, scratch, power);
            Filter(power, target[(first * _config.NumMelBins)..], together);
        }

        ArrayPool<float>.Shared.Return(frames);
        ArrayPool<double>.Shared.Return(scratch);
        ArrayPool<double>.Shared.Return(power);
    }

    private static void Shape(ReadOnlySpan<float> samples, Span<float> frame)
    {
        var mean = (float)(TensorPrimitives.Sum(samples) / samples.Length);
        TensorPrimitives.Subtract(samples, mean, frame);
        for (var i = frame.Length - 1; i > 0; i--)
        {
            frame[i] -= Preemphasis * frame[i - 1];
        }

        frame[0] *= 1 - Preemphasis;
        TensorPrimitives.Multiply(frame, Window, frame);
    }

    private void Filter(ReadOnlySpan<double> power, Span<float> target, int frames)
    {
        Span<double> sums = stackalloc double[PowerSpectrum.Lanes];
        for (var filter = 0; filter < _config.NumMelBins; filter++)
        {
            _filters.Apply(filter, power, sums);
            for (var frame = 0; frame < frames; frame++)
            {
                target[(frame * _config.NumMelBins) + filter] = (float)Math.Log(Math.Max(sums[frame], Floor));
            }
        }
    }
}
