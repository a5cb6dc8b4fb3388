using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Sensorium.Media.Sound;

/// <summary>
/// Discrete Fourier transforms of complex sequences, <see cref="Lanes"/> of them side by side: Stockham's form of the fast transform,
/// which leaves its result in order. A length is taken apart into fours, twos and odd primes; any length is possible, and one of large primes slow.
/// </summary>
internal sealed class MixedRadixTransform
{
    /// <summary>Sequences that are transformed side by side.</summary>
    public const int Lanes = 4;

    private readonly int _length;
    private readonly int[] _radices;

    // exp(-2 pi i q / length), as cosine and sine of the angle without its sign.
    private readonly double[] _cosines;
    private readonly double[] _sines;

    public MixedRadixTransform(int length)
    {
        _length = length;
        _radices = [.. RadicesOf(length)];
        _cosines = [.. Enumerable.Range(0, length).Select(q => Math.Cos(2.0 * Math.PI * q / length))];
        _sines = [.. Enumerable.Range(0, length).Select(q => Math.Sin(2.0 * Math.PI * q / length))];
    }

    /// <summary>Numbers of each of the two buffers: a real and an imaginary part of each element, of all lanes.</summary>
    public int BufferLength => 2 * _length * Lanes;

    /// <summary>The result is in the buffer that is returned; the other holds nothing of use.</summary>
    /// <param name="values">[length, 2, Lanes]; overwritten.</param>
    public Span<double> Transform(Span<double> values, Span<double> other)
    {
        var (rest, stride) = (_length, 1);
        foreach (var radix in _radices)
        {
            var from = MemoryMarshal.Cast<double, Vector256<double>>(values[..BufferLength]);
            var to = MemoryMarshal.Cast<double, Vector256<double>>(other[..BufferLength]);
            rest /= radix;
            switch (radix)
            {
                case 4:
                    Fours(from, to, rest, stride);
                    break;
                case 2:
                    Twos(from, to, rest, stride);
                    break;
                default:
                    Odds(from, to, rest, stride, radix);
                    break;
            }

            stride *= radix;
            var written = other;
            other = values;
            values = written;
        }

        return values;
    }

    private static IEnumerable<int> RadicesOf(int length)
    {
        for (; length % 4 == 0; length /= 4)
        {
            yield return 4;
        }

        for (var radix = 2; length > 1; radix++)
        {
            for (; length % radix == 0; length /= radix)
            {
                yield return radix;
            }
        }
    }

    // Each pass reads elements that lie rest * stride apart, and writes their transform stride apart. The steps of passes are compiled once and
    // well: the first sound that a process hears is as quick as the others.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Fours(ReadOnlySpan<Vector256<double>> from, Span<Vector256<double>> to, int rest, int stride)
    {
        for (var q = 0; q < rest; q++)
        {
            var (c1, s1) = Twiddle(q * stride);
            var (c2, s2) = Twiddle(2 * q * stride);
            var (c3, s3) = Twiddle(3 * q * stride);
            for (var j = 0; j < stride; j++)
            {
                var (at, step) = (2 * (j + (stride * q)), 2 * rest * stride);
                var (ar, ai) = (from[at], from[at + 1]);
                var (br, bi) = (from[at + step], from[at + step + 1]);
                var (cr, ci) = (from[at + (2 * step)], from[at + (2 * step) + 1]);
                var (dr, di) = (from[at + (3 * step)], from[at + (3 * step) + 1]);
                var (sumR, sumI, differenceR, differenceI) = (ar + cr, ai + ci, ar - cr, ai - ci);
                var (otherR, otherI, turnedR, turnedI) = (br + dr, bi + di, bi - di, dr - br);
                var target = 2 * (j + (stride * 4 * q));
                (to[target], to[target + 1]) = (sumR + otherR, sumI + otherI);
                Write(to, target + (2 * stride), differenceR + turnedR, differenceI + turnedI, c1, s1);
                Write(to, target + (4 * stride), sumR - otherR, sumI - otherI, c2, s2);
                Write(to, target + (6 * stride), differenceR - turnedR, differenceI - turnedI, c3, s3);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Twos(ReadOnlySpan<Vector256<double>> from, Span<Vector256<double>> to, int rest, int stride)
    {
        for (var q = 0; q < rest; q++)
        {
            var (cosine, sine) = Twiddle(q * stride);
            for (var j = 0; j < stride; j++)
            {
                var (at, step) = (2 * (j + (stride * q)), 2 * rest * stride);
                var (ar, ai, br, bi) = (from[at], from[at + 1], from[at + step], from[at + step + 1]);
                var target = 2 * (j + (stride * 2 * q));
                (to[target], to[target + 1]) = (ar + br, ai + bi);
                Write(to, target + (2 * stride), ar - br, ai - bi, cosine, sine);
            }
        }
    }

    // The elements r and radix - r share their factors, apart from the sign of the sine.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Odds(ReadOnlySpan<Vector256<double>> from, Span<Vector256<double>> to, int rest, int stride, int radix)
    {
        var step = 2 * rest * stride;
        for (var q = 0; q < rest; q++)
        {
            for (var j = 0; j < stride; j++)
            {
                var (at, target) = (2 * (j + (stride * q)), 2 * (j + (stride * radix * q)));
                var (totalR, totalI) = (from[at], from[at + 1]);
                for (var r = 1; r < radix; r++)
                {
                    (totalR, totalI) = (totalR + from[at + (r * step)], totalI + from[at + (r * step) + 1]);
                }

                (to[target], to[target + 1]) = (totalR, totalI);
                for (var k = 1; k <= radix / 2; k++)
                {
                    OddPair(from[at..], to[target..], step, stride, radix, k, q);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void OddPair(ReadOnlySpan<Vector256<double>> from, Span<Vector256<double>> to, int step, int stride, int radix, int k, int q)
    {
        var (evenR, evenI) = (from[0], from[1]);
        var (oddR, oddI) = (Vector256<double>.Zero, Vector256<double>.Zero);
        for (var r = 1; r <= radix / 2; r++)
        {
            var (near, far) = (r * step, (radix - r) * step);
            var (cosine, sine) = Twiddle(r * k % radix * (_length / radix));
            evenR = Vector256.MultiplyAddEstimate(cosine, from[near] + from[far], evenR);
            evenI = Vector256.MultiplyAddEstimate(cosine, from[near + 1] + from[far + 1], evenI);
            oddR = Vector256.MultiplyAddEstimate(sine, from[near] - from[far], oddR);
            oddI = Vector256.MultiplyAddEstimate(sine, from[near + 1] - from[far + 1], oddI);
        }

        var (c, s) = Twiddle(k * q * stride);
        Write(to, 2 * k * stride, evenR + oddI, evenI - oddR, c, s);
        (c, s) = Twiddle((radix - k) * q * stride);
        Write(to, 2 * (radix - k) * stride, evenR - oddI, evenI + oddR, c, s);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (Vector256<double> Cosine, Vector256<double> Sine) Twiddle(int q) => (Vector256.Create(_cosines[q]), Vector256.Create(_sines[q]));

    // (real + i imaginary) * (cosine - i sine).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(
        Span<Vector256<double>> to, int at, Vector256<double> real, Vector256<double> imaginary, Vector256<double> cosine, Vector256<double> sine)
    {
        to[at] = Vector256.MultiplyAddEstimate(real, cosine, imaginary * sine);
        to[at + 1] = Vector256.MultiplyAddEstimate(imaginary, cosine, -(real * sine));
    }
}
