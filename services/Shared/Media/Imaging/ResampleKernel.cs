namespace Sensorium.Media.Imaging;

/// <summary>
/// Weights of one axis of a separable resize. The filter is stretched by the reduction factor, so that reducing averages over
/// everything it covers (anti-aliasing), as Pillow's Image.resize documents and models were trained with. Weights are fixed
/// point numbers with 22 fractional bits, which is what makes the result equal to Pillow's to the last bit.
/// </summary>
internal sealed class ResampleKernel
{
    /// <summary>8 bits of pixel and 2 bits of headroom for negative lobes leave 22 of 32.</summary>
    public const int FractionBits = 22;

    /// <summary>Weights are split so that each part, times a pixel, suits 16-bit multiply-add: w = high * 2^11 + low.</summary>
    public const int LowBits = 11;

    /// <summary>Taps are padded with zero weights to a multiple of this.</summary>
    public const int TapGroup = 4;

    // Pillow writes them as float32.
    private const double HammingMiddle = 0.54f;
    private const double HammingWave = 0.46f;

    private ResampleKernel(int outputs, int taps)
    {
        Taps = taps;
        Starts = new int[outputs];
        Counts = new int[outputs];
        Weights = new int[checked(outputs * taps)];
        High = new short[Weights.Length];
        Low = new short[Weights.Length];
    }

    /// <summary>Weights per output, padding included.</summary>
    public int Taps { get; }

    /// <summary>First input of each output.</summary>
    public int[] Starts { get; }

    /// <summary>Inputs of each output, without padding.</summary>
    public int[] Counts { get; }

    /// <summary>[outputs, Taps].</summary>
    public int[] Weights { get; }

    public short[] High { get; }

    public short[] Low { get; }

    /// <summary>What it takes of memory.</summary>
    public long Bytes => (Starts.Length * 2L * sizeof(int)) + (Weights.LongLength * (sizeof(int) + (2 * sizeof(short))));

    /// <param name="output">The outputs that are wanted, of all into which the input is resized.</param>
    public static ResampleKernel Create(int input, AxisPart output, ResampleFilter filter)
    {
        var scale = (double)input / output.Length;
        var stretch = Math.Max(scale, 1.0);
        var support = Support(filter) * stretch;
        var widest = ((int)Math.Ceiling(support) * 2) + 1;
        var kernel = new ResampleKernel(output.Count, (widest + TapGroup - 1) / TapGroup * TapGroup);
        var weights = new double[widest];
        for (var i = 0; i < output.Count; i++)
        {
            var center = (output.First + i + 0.5) * scale;
            var start = Math.Max(0, (int)(center - support + 0.5));
            var count = Math.Min(input, (int)(center + support + 0.5)) - start;
            Fill(weights.AsSpan(0, count), filter, start - center + 0.5, stretch);
            kernel.Set(i, start, weights.AsSpan(0, count));
        }

        return kernel;
    }

    private static void Fill(Span<double> weights, ResampleFilter filter, double offset, double stretch)
    {
        var inverse = 1.0 / stretch;
        var sum = 0.0;
        for (var x = 0; x < weights.Length; x++)
        {
            weights[x] = Evaluate(filter, (x + offset) * inverse);
            sum += weights[x];
        }

        for (var x = 0; sum != 0 && x < weights.Length; x++)
        {
            weights[x] /= sum;
        }
    }

    private void Set(int output, int start, ReadOnlySpan<double> weights)
    {
        Starts[output] = start;
        Counts[output] = weights.Length;
        for (var x = 0; x < weights.Length; x++)
        {
            var scaled = weights[x] * (1 << FractionBits);
            var rounded = (int)(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
            var at = (output * Taps) + x;
            Weights[at] = rounded;
            High[at] = (short)(rounded >> LowBits);
            Low[at] = (short)(rounded & ((1 << LowBits) - 1));
        }
    }

    private static double Support(ResampleFilter filter) => filter switch
    {
        ResampleFilter.Box => 0.5,
        ResampleFilter.Bilinear or ResampleFilter.Hamming => 1.0,
        ResampleFilter.Bicubic => 2.0,
        ResampleFilter.Lanczos => 3.0,
        _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, null),
    };

    private static double Evaluate(ResampleFilter filter, double x) => filter switch
    {
        ResampleFilter.Box => x is > -0.5 and <= 0.5 ? 1.0 : 0.0,
        ResampleFilter.Bilinear => Math.Max(0.0, 1.0 - Math.Abs(x)),
        ResampleFilter.Bicubic => Cubic(Math.Abs(x)),
        ResampleFilter.Hamming => Hamming(Math.Abs(x)),
        _ => x is >= -3.0 and < 3.0 ? Sinc(x) * Sinc(x / 3.0) : 0.0,
    };

    /// <summary>Keys' cubic convolution (1981) with a = -0.5.</summary>
    private static double Cubic(double x)
    {
        const double A = -0.5;
        return x switch
        {
            < 1.0 => ((((A + 2.0) * x) - (A + 3.0)) * x * x) + 1,
            < 2.0 => ((((x - 5) * x) + 8) * x - 4) * A,
            _ => 0.0,
        };
    }

    private static double Hamming(double x) => x switch
    {
        0.0 => 1.0,
        < 1.0 => Sinc(x) * (HammingMiddle + (HammingWave * Math.Cos(x * Math.PI))),
        _ => 0.0,
    };

    private static double Sinc(double x) => x == 0.0 ? 1.0 : Math.Sin(x * Math.PI) / (x * Math.PI);
}
