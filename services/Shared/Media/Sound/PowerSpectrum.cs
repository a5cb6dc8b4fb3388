using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sensorium.Media.Sound;

/// <summary>
/// |DFT|^2 of real frames, several frames side by side. The transform is a matrix product, folded twice over the symmetries of
/// cosine and sine, which leaves a quarter of the work: for frames as short as speech models use (400 samples) that is as fast
/// as an FFT, exact to float64, and simple.
/// </summary>
/// <remarks>
/// With N samples, e[n] = x[n] + x[N-n] and o[n] = x[n] - x[N-n]: Re[k] = sum e[n] cos(2 pi k n / N) and
/// Im[k] = -sum o[n] sin(2 pi k n / N) over n = 0 ... N/2. Since cos(pi k - t) = (-1)^k cos t and
/// sin(pi k - t) = -(-1)^k sin t, the terms n and N/2 - n join again, with a sign that depends on whether k is even.
/// </remarks>
internal sealed class PowerSpectrum
{
    /// <summary>Frames that are transformed side by side.</summary>
    public const int Lanes = 8;

    private const int BinsAtOnce = 4;
    private readonly int _length;
    private readonly int _terms;
    private readonly double[] _window;
    private readonly double[] _cosines;
    private readonly double[] _sines;

    /// <summary>Frames pass through a periodic Hann window first.</summary>
    /// <param name="length">Samples of a frame; a multiple of 4.</param>
    public PowerSpectrum(int length)
        : this(length, [.. Enumerable.Range(0, length).Select(n => 0.5 - (0.5 * Math.Cos(2.0 * Math.PI * n / length)))])
    {
    }

    private PowerSpectrum(int length, double[] window)
    {
        _length = length;
        _terms = (length / 4) + 1;
        _window = window;
        _cosines = Table(Math.Cos);
        _sines = Table(Math.Sin);
    }

    public int Bins => (_length / 2) + 1;

    /// <summary>Frames are transformed as they are.</summary>
    /// <param name="length">Samples of a frame; a multiple of 4.</param>
    public static PowerSpectrum WithoutWindow(int length) => new(length, [.. Enumerable.Repeat(1.0, length)]);

    /// <summary>Numbers of scratch space that <see cref="Transform"/> needs.</summary>
    public int ScratchLength => 4 * _terms * Lanes;

    /// <summary>Transforms <see cref="Lanes"/> frames that begin <paramref name="hop"/> samples apart.</summary>
    /// <param name="samples">At least (Lanes - 1) * hop + length samples.</param>
    /// <param name="power">[Bins rounded up to a multiple of 4, Lanes].</param>
    public void Transform(ReadOnlySpan<float> samples, int hop, Span<double> scratch, Span<double> power)
    {
        var size = _terms * Lanes;
        var evenCosine = scratch[..size];
        var oddCosine = scratch.Slice(size, size);
        var evenSine = scratch.Slice(size * 2, size);
        var oddSine = scratch.Slice(size * 3, size);
        for (var lane = 0; lane < Lanes; lane++)
        {
            Fold(samples.Slice(lane * hop, _length), lane, evenCosine, oddCosine, evenSine, oddSine);
        }

        // Bins are stored even ones first, so that neighbours share their inputs.
        var evenBins = (Bins + 1) / 2;
        Multiply(0, evenBins, evenCosine, evenSine, power);
        Multiply(evenBins, Bins - evenBins, oddCosine, oddSine, power);
    }

    /// <summary>Where the power of a bin stands in the result of <see cref="Transform"/>.</summary>
    public int RowOf(int bin) => bin % 2 == 0 ? bin / 2 : ((Bins + 1) / 2) + (bin / 2);

    private void Fold(
        ReadOnlySpan<float> frame, int lane, Span<double> evenCosine, Span<double> oddCosine, Span<double> evenSine, Span<double> oddSine)
    {
        var (half, quarter) = (_length / 2, _length / 4);
        for (var n = 0; n < quarter; n++)
        {
            var near = frame[n] * _window[n];
            var far = n == 0 ? 0.0 : frame[_length - n] * _window[_length - n];
            var nearHalf = frame[half - n] * _window[half - n];
            var farHalf = n == 0 ? 0.0 : frame[half + n] * _window[half + n];
            var at = (n * Lanes) + lane;
            evenCosine[at] = near + far + nearHalf + farHalf;
            oddCosine[at] = near + far - nearHalf - farHalf;
            evenSine[at] = n == 0 ? 0.0 : near - far - nearHalf + farHalf;
            oddSine[at] = n == 0 ? 0.0 : near - far + nearHalf - farHalf;
        }

        var left = frame[quarter] * _window[quarter];
        var right = frame[_length - quarter] * _window[_length - quarter];
        var last = (quarter * Lanes) + lane;
        evenCosine[last] = left + right;
        oddCosine[last] = 0.0;
        evenSine[last] = 0.0;
        oddSine[last] = left - right;
    }

    private void Multiply(int firstRow, int rows, ReadOnlySpan<double> cosineTerms, ReadOnlySpan<double> sineTerms, Span<double> power)
    {
        for (var row = 0; row < rows; row += BinsAtOnce)
        {
            // The last group may reach over the end: it begins earlier and computes some bins twice.
            var first = firstRow + Math.Min(row, rows - BinsAtOnce);
            var at = first * _terms;
            MultiplyBins(ref _cosines[at], ref Unsafe.AsRef(in cosineTerms[0]), ref _sines[at], ref Unsafe.AsRef(in sineTerms[0]), power[(first * Lanes)..]);
        }
    }

    private void MultiplyBins(ref double cosines, ref double cosineTerms, ref double sines, ref double sineTerms, Span<double> power)
    {
        Span<Vector256<double>> real = stackalloc Vector256<double>[BinsAtOnce * 2];
        Span<Vector256<double>> imaginary = stackalloc Vector256<double>[BinsAtOnce * 2];
        Accumulate(ref cosines, ref cosineTerms, real);
        Accumulate(ref sines, ref sineTerms, imaginary);
        for (var i = 0; i < real.Length; i++)
        {
            var sum = (real[i] * real[i]) + (imaginary[i] * imaginary[i]);
            sum.StoreUnsafe(ref power[i * Vector256<double>.Count]);
        }
    }

    private void Accumulate(ref double table, ref double terms, Span<Vector256<double>> sums)
    {
        Vector256<double> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
        for (var n = 0; n < _terms; n++)
        {
            var left = Vector256.LoadUnsafe(ref Unsafe.Add(ref terms, n * Lanes));
            var right = Vector256.LoadUnsafe(ref Unsafe.Add(ref terms, (n * Lanes) + Vector256<double>.Count));
            var a = Vector256.Create(Unsafe.Add(ref table, n));
            var b = Vector256.Create(Unsafe.Add(ref table, _terms + n));
            var c = Vector256.Create(Unsafe.Add(ref table, (2 * _terms) + n));
            var d = Vector256.Create(Unsafe.Add(ref table, (3 * _terms) + n));
            a0 = Vector256.MultiplyAddEstimate(a, left, a0);
            a1 = Vector256.MultiplyAddEstimate(a, right, a1);
            b0 = Vector256.MultiplyAddEstimate(b, left, b0);
            b1 = Vector256.MultiplyAddEstimate(b, right, b1);
            c0 = Vector256.MultiplyAddEstimate(c, left, c0);
            c1 = Vector256.MultiplyAddEstimate(c, right, c1);
            d0 = Vector256.MultiplyAddEstimate(d, left, d0);
            d1 = Vector256.MultiplyAddEstimate(d, right, d1);
        }

        (sums[0], sums[1], sums[2], sums[3]) = (a0, a1, b0, b1);
        (sums[4], sums[5], sums[6], sums[7]) = (c0, c1, d0, d1);
    }

    // [bins in stored order, terms].
    private double[] Table(Func<double, double> function)
    {
        var table = new double[Bins * _terms];
        for (var bin = 0; bin < Bins; bin++)
        {
            for (var n = 0; n < _terms; n++)
            {
                // Reduced before it is multiplied by pi, so that the angle keeps its precision.
                table[(RowOf(bin) * _terms) + n] = function(2.0 * Math.PI * (bin * n % _length) / _length);
            }
        }

        return table;
    }
}
