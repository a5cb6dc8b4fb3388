using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Sensorium.Media.Sound;

/// <summary>
/// |DFT|^2 of real frames, several frames side by side, in float64. A frame is transformed as a complex sequence of half its length,
/// of which its even samples are the real and its odd ones the imaginary parts.
/// </summary>
/// <remarks>
/// With M = N/2 and Z the transform of z[n] = x[2n] + i x[2n+1], the transforms of even and odd samples are E = (Z[k] + conj Z[M-k]) / 2
/// and O = (Z[k] - conj Z[M-k]) / 2i, and X[k] = E + exp(-2 pi i k / N) O.
/// </remarks>
internal sealed class PowerSpectrum
{
    /// <summary>Frames that are transformed side by side.</summary>
    public const int Lanes = MixedRadixTransform.Lanes;

    private const double OfHalves = 0.25;

    private readonly int _length;
    private readonly double[] _window;
    private readonly double[] _cosines;
    private readonly double[] _sines;
    private readonly MixedRadixTransform _transform;

    /// <summary>Frames pass through a periodic Hann window first.</summary>
    /// <param name="length">Samples of a frame; even.</param>
    public PowerSpectrum(int length)
        : this(length, [.. Enumerable.Range(0, length).Select(n => 0.5 - (0.5 * Math.Cos(2.0 * Math.PI * n / length)))])
    {
    }

    private PowerSpectrum(int length, double[] window)
    {
        (_length, _window) = (length, window);
        _cosines = [.. Enumerable.Range(0, Bins).Select(k => Math.Cos(2.0 * Math.PI * k / length))];
        _sines = [.. Enumerable.Range(0, Bins).Select(k => Math.Sin(2.0 * Math.PI * k / length))];
        _transform = new MixedRadixTransform(length / 2);
    }

    public int Bins => (_length / 2) + 1;

    /// <summary>Numbers of scratch space that <see cref="Transform"/> needs.</summary>
    public int ScratchLength => 2 * _transform.BufferLength;

    /// <summary>Frames are transformed as they are.</summary>
    /// <param name="length">Samples of a frame; even.</param>
    public static PowerSpectrum WithoutWindow(int length) => new(length, [.. Enumerable.Repeat(1.0, length)]);

    /// <summary>Transforms <see cref="Lanes"/> frames that begin <paramref name="hop"/> samples apart.</summary>
    /// <param name="samples">At least (Lanes - 1) * hop + length samples.</param>
    /// <param name="power">[Bins, Lanes].</param>
    public void Transform(ReadOnlySpan<float> samples, int hop, Span<double> scratch, Span<double> power)
    {
        var values = scratch[.._transform.BufferLength];
        Pack(samples, hop, values);
        var halves = _transform.Transform(values, scratch.Slice(values.Length, values.Length));
        WritePower(MemoryMarshal.Cast<double, Vector256<double>>(halves), power);
    }

    // An even and an odd sample of all frames are neighbours; so are the parts of a complex number.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pack(ReadOnlySpan<float> samples, int hop, Span<double> target)
    {
        var first = samples[.._length];
        var second = samples.Slice(hop, _length);
        var third = samples.Slice(2 * hop, _length);
        var fourth = samples.Slice(3 * hop, _length);
        for (var n = 0; n < _window.Length; n++)
        {
            var values = Vector256.Create((double)first[n], second[n], third[n], fourth[n]);
            (values * Vector256.Create(_window[n])).StoreUnsafe(ref target[n * Lanes]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WritePower(ReadOnlySpan<Vector256<double>> halves, Span<double> power)
    {
        var count = _length / 2;
        for (var k = 0; k < _cosines.Length; k++)
        {
            var (at, mirrored) = (2 * (k % count), 2 * ((count - k) % count));
            var (sumR, sumI) = (halves[at] + halves[mirrored], halves[at + 1] - halves[mirrored + 1]);
            var (differenceR, differenceI) = (halves[at] - halves[mirrored], halves[at + 1] + halves[mirrored + 1]);
            var (cosine, sine) = (Vector256.Create(_cosines[k]), Vector256.Create(_sines[k]));
            var real = sumR + (cosine * differenceI) - (sine * differenceR);
            var imaginary = sumI - (cosine * differenceR) - (sine * differenceI);
            (((real * real) + (imaginary * imaginary)) * Vector256.Create(OfHalves)).StoreUnsafe(ref power[k * Lanes]);
        }
    }
}
