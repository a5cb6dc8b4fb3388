namespace Sensorium.Quantization.Ranges;

/// <summary>How often which values come, within a range that holds all of them; finds the range that loses least in eight bits.</summary>
public sealed class ValueHistogram(ValueRange range)
{
    private const int Bins = 2048;
    private const float NarrowestShare = 0.3f;
    private const float ShareStep = 0.02f;

    // The squared error of rounding to steps is a twelfth of the step's square, on average.
    private const double Rounding = 12;

    private readonly long[] _counts = new long[Bins];
    private readonly float _width = (range.Most - range.Least) / Bins;

    public void Add(ReadOnlySpan<float> values)
    {
        if (_width <= 0)
        {
            return;
        }

        foreach (var value in values)
        {
            _counts[Math.Clamp((int)((value - range.Least) / _width), 0, Bins - 1)]++;
        }
    }

    /// <summary>
    /// Rare large values may cost all others precision: what lies outside of a narrower range becomes its end, which is a loss, too.
    /// The range whose sum of squared errors is least.
    /// </summary>
    public ValueRange Best()
    {
        var above = Narrowest(range, share => new ValueRange(range.Least, range.Most * share));
        return Narrowest(above, share => new ValueRange(range.Least * share, above.Most));
    }

    private ValueRange Narrowest(ValueRange whole, Func<float, ValueRange> narrow)
    {
        var (best, least) = (whole, LossOf(whole));
        for (var share = 1 - ShareStep; share >= NarrowestShare; share -= ShareStep)
        {
            var narrower = narrow(share);
            var loss = LossOf(narrower);
            if (loss < least)
            {
                (best, least) = (narrower, loss);
            }
        }

        return best;
    }

    private double LossOf(ValueRange candidate)
    {
        var (sum, rounding) = (0d, (double)candidate.Scale * candidate.Scale / Rounding);
        for (var bin = 0; bin < Bins; bin++)
        {
            if (_counts[bin] > 0)
            {
                var value = range.Least + ((bin + 0.5f) * _width);
                var outside = value - Math.Clamp(value, candidate.Least, candidate.Most);
                sum += _counts[bin] * (rounding + ((double)outside * outside));
            }
        }

        return sum;
    }
}
