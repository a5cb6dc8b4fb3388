using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Sensorium.Media.Sound;

/// <summary>
/// Triangular filters on a mel scale. Slaney's (Auditory Toolbox, 1998) is linear below 1 kHz and logarithmic above, and each of its
/// triangles is scaled to unit area; Kaldi's is logarithmic, and its triangles are drawn on that scale with height 1. Stored sparsely:
/// a filter covers few bins.
/// </summary>
internal sealed class MelFilterBank
{
    private const double LinearHz = 1000.0;
    private const double LinearMels = 15.0;
    private const double HzPerMel = 200.0 / 3.0;
    private const double KaldiScale = 1127.0;
    private const double KaldiKnee = 700.0;
    private static readonly double LogStep = Math.Log(6.4) / 27.0;

    /// <summary>Upper edge of the highest filter, whatever the sampling rate: so does WhisperFeatureExtractor.</summary>
    private const double HighestHz = 8000.0;

    private MelFilterBank(int[] firstBins, double[][] weights)
    {
        FirstBins = firstBins;
        Weights = weights;
    }

    /// <summary>The first bin that each filter covers.</summary>
    public int[] FirstBins { get; }

    /// <summary>One array per filter, from its first bin on.</summary>
    public double[][] Weights { get; }

    /// <summary>Slaney's.</summary>
    /// <param name="filters">How many.</param>
    /// <param name="fftLength">Samples of a frame.</param>
    /// <param name="samplingRate">In Hz.</param>
    /// <param name="lowest">Lower edge of the lowest filter.</param>
    /// <param name="highest">Upper edge of the highest; 0 for that of Whisper.</param>
    public static MelFilterBank Create(int filters, int fftLength, int samplingRate, double lowest = 0, double highest = 0)
    {
        var edges = Edges(filters, lowest, Math.Min(highest > 0 ? highest : HighestHz, samplingRate / 2.0));
        return Build(filters, fftLength, (filter, bin) =>
            Triangle((double)bin * samplingRate / fftLength, edges[filter], edges[filter + 1], edges[filter + 2]) * 2.0 / (edges[filter + 2] - edges[filter]));
    }

    /// <summary>Kaldi's, up to half the sampling rate.</summary>
    /// <param name="filters">How many.</param>
    /// <param name="fftLength">Samples of a frame.</param>
    /// <param name="samplingRate">In Hz.</param>
    /// <param name="lowest">Lower edge of the lowest filter.</param>
    public static MelFilterBank OfKaldi(int filters, int fftLength, int samplingRate, double lowest)
    {
        var bottom = ToKaldi(lowest);
        var step = (ToKaldi(Math.Floor(samplingRate / 2.0)) - bottom) / (filters + 1);
        return Build(filters, fftLength, (filter, bin) =>
            Triangle(ToKaldi((double)bin * samplingRate / fftLength), bottom + (filter * step), bottom + ((filter + 1) * step), bottom + ((filter + 2) * step)));

        static double ToKaldi(double hz) => KaldiScale * Math.Log(1 + (hz / KaldiKnee));
    }

    /// <summary>One filter's sums over several frames.</summary>
    /// <param name="power">As <see cref="PowerSpectrum.Transform"/> wrote it.</param>
    /// <param name="sums">One for each frame.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(int filter, ReadOnlySpan<double> power, Span<double> sums)
    {
        var weights = Weights[filter];
        var rows = MemoryMarshal.Cast<double, Vector256<double>>(power).Slice(FirstBins[filter], weights.Length);
        var sum = Vector256<double>.Zero;
        for (var i = 0; i < weights.Length; i++)
        {
            sum = Vector256.MultiplyAddEstimate(rows[i], Vector256.Create(weights[i]), sum);
        }

        sum.CopyTo(sums);
    }

    private static MelFilterBank Build(int filters, int fftLength, Func<int, int, double> weightOf)
    {
        var firstBins = new int[filters];
        var weights = new double[filters][];
        var bins = (fftLength / 2) + 1;
        for (var filter = 0; filter < filters; filter++)
        {
            var all = Enumerable.Range(0, bins).Select(bin => weightOf(filter, bin)).ToArray();
            var first = Math.Max(0, Array.FindIndex(all, weight => weight > 0));
            var last = Math.Max(first, Array.FindLastIndex(all, weight => weight > 0));
            firstBins[filter] = first;
            weights[filter] = all[first..(last + 1)];
        }

        return new MelFilterBank(firstBins, weights);
    }

    private static double[] Edges(int filters, double lowest, double highest)
    {
        var bottom = ToMel(lowest);
        var range = ToMel(highest) - bottom;
        return [.. Enumerable.Range(0, filters + 2).Select(edge => ToHz(bottom + (range * edge / (filters + 1))))];
    }

    private static double Triangle(double hz, double left, double center, double right)
    {
        var rising = (hz - left) / (center - left);
        var falling = (right - hz) / (right - center);
        return Math.Max(0, Math.Min(rising, falling));
    }

    private static double ToMel(double hz) =>
        hz < LinearHz ? hz / HzPerMel : LinearMels + (Math.Log(hz / LinearHz) / LogStep);

    private static double ToHz(double mel) =>
        mel < LinearMels ? mel * HzPerMel : LinearHz * Math.Exp((mel - LinearMels) * LogStep);
}
