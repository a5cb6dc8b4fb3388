using System.Buffers;
using System.Runtime.CompilerServices;

namespace Sensorium.Media.Sound;

/// <summary>
/// Log-mel spectrogram of one window as WhisperFeatureExtractor defines it: frames centred with reflected edges, periodic Hann
/// window, power, Slaney mel filters, log10 floored at 1e-10 and at the maximum - 8, then (x + 4) / 4; the last frame dropped. Or as
/// ClapFeatureExtractor does: decibels floored at -100, frame by frame, the last one kept.
/// </summary>
public sealed class LogMelExtractor : ISoundFeatures
{
    /// <summary>Raised whenever this code's output changes for equal parameters; part of the digest.</summary>
    private const int FormatVersion = 2;

    private const double Floor = 1e-10;
    private const double DynamicRange = 8.0;
    private readonly PowerSpectrum _spectrum;
    private readonly MelFilterBank _filters;

    public LogMelExtractor(LogMelConfig config)
    {
        Config = config;
        _spectrum = new PowerSpectrum(config.NFft);
        _filters = MelFilterBank.Create(config.FeatureSize, config.NFft, config.SamplingRate, config.MinHz, config.MaxHz);
        Digest = ParameterDigest.Of(new { FormatVersion, Config });
    }

    public LogMelConfig Config { get; }

    /// <summary>SHA-256 over all parameters.</summary>
    public string Digest { get; }

    /// <summary>FeatureSize * Frames.</summary>
    public int OutputLength => Config.FeatureSize * Config.Frames;

    /// <summary>[FeatureSize, Frames]; [1, Frames, FeatureSize] for CLAP.</summary>
    public int[] Shape => Config.IsClap ? [1, Config.Frames, Config.FeatureSize] : [Config.FeatureSize, Config.Frames];

    WindowSize ISoundFeatures.Windows => new(Config.SamplingRate, Config.NSamples, Config.MinTail);

    int[] ISoundFeatures.ShapeOf(int samples) => Shape;

    int ISoundFeatures.FramesOf(int samples) => Config.Frames;

    /// <summary>Writes what <see cref="Shape"/> says, row major.</summary>
    /// <param name="samples">1 ... NSamples samples; fewer than NSamples are filled up.</param>
    public void Extract(ReadOnlySpan<float> samples, Span<float> target)
    {
        ArgumentOutOfRangeException.ThrowIfZero(samples.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(samples.Length, Config.NSamples);
        var padded = ArrayPool<float>.Shared.Rent(PaddedLength);
        var mel = ArrayPool<double>.Shared.Rent(OutputLength);
        try
        {
            Pad(samples, padded.AsSpan(0, PaddedLength));
            ComputeMel(padded.AsSpan(0, PaddedLength), mel);
            if (Config.IsClap)
            {
                ToDecibels(mel.AsSpan(0, OutputLength), target);
            }
            else
            {
                Compress(mel.AsSpan(0, OutputLength), target);
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(padded);
            ArrayPool<double>.Shared.Return(mel);
        }
    }

    // The last group of frames may reach over the end; its surplus frames see zeros and are thrown away.
    private int PaddedLength => Config.NSamples + Config.NFft + (PowerSpectrum.Lanes * Config.HopLength);

    private void Pad(ReadOnlySpan<float> samples, Span<float> padded)
    {
        var half = Config.NFft / 2;
        var window = padded.Slice(half, Config.NSamples);
        samples.CopyTo(window);
        for (var filled = samples.Length; filled < window.Length;)
        {
            var rest = window[filled..];
            var repeats = Config.Repeat || (Config.RepeatsWhole && rest.Length >= samples.Length);
            var count = repeats ? Math.Min(samples.Length, rest.Length) : rest.Length;
            if (repeats)
            {
                samples[..count].CopyTo(rest);
            }
            else
            {
                rest.Fill(Config.PaddingValue);
            }

            filled += count;
        }

        for (var i = 1; i <= half; i++)
        {
            padded[half - i] = window[i];
            padded[half + window.Length - 1 + i] = window[^(i + 1)];
        }

        padded[(Config.NSamples + Config.NFft)..].Clear();
    }

    private void ComputeMel(ReadOnlySpan<float> padded, Span<double> mel)
    {
        var scratch = ArrayPool<double>.Shared.Rent(_spectrum.ScratchLength);
        var power = ArrayPool<double>.Shared.Rent(_spectrum.Bins * PowerSpectrum.Lanes);
        try
        {
            for (var frame = 0; frame < Config.Frames; frame += PowerSpectrum.Lanes)
            {
                _spectrum.Transform(padded[(frame * Config.HopLength)..], Config.HopLength, scratch, power);
                Filter(power, mel, frame, Math.Min(PowerSpectrum.Lanes, Config.Frames - frame));
            }
        }
        finally
        {
            ArrayPool<double>.Shared.Return(scratch);
            ArrayPool<double>.Shared.Return(power);
        }
    }

    private void Filter(ReadOnlySpan<double> power, Span<double> mel, int frame, int count)
    {
        Span<double> sums = stackalloc double[PowerSpectrum.Lanes];
        for (var filter = 0; filter < _filters.Weights.Length; filter++)
        {
            _filters.Apply(filter, power, sums);
            sums[..count].CopyTo(mel.Slice((filter * Config.Frames) + frame, count));
        }
    }

    // Plain loops, compiled well from the start: these run over all of a window at once, and few windows are heard before they would be otherwise.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ToDecibels(ReadOnlySpan<double> mel, Span<float> target)
    {
        for (var frame = 0; frame < Config.Frames; frame++)
        {
            for (var band = 0; band < Config.FeatureSize; band++)
            {
                target[(frame * Config.FeatureSize) + band] = (float)(10 * Math.Log10(Math.Max(mel[(band * Config.Frames) + frame], Floor)));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Compress(Span<double> mel, Span<float> target)
    {
        var highest = double.NegativeInfinity;
        for (var i = 0; i < mel.Length; i++)
        {
            mel[i] = Math.Log10(Math.Max(mel[i], Floor));
            highest = Math.Max(highest, mel[i]);
        }

        for (var i = 0; i < mel.Length; i++)
        {
            target[i] = (float)((Math.Max(mel[i], highest - DynamicRange) + 4.0) / 4.0);
        }
    }
}
