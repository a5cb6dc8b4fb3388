namespace Sensorium.Core.Admission;

/// <summary>
/// Ratio of two sums over the latest samples. No sample counts with more than some times the median ratio: an item that hung
/// for a minute says little of the next one. What becomes slower for good moves the median after half of the samples. Not safe
/// for concurrent use.
/// </summary>
internal sealed class CappedRatio
{
    private const int Samples = 32;
    private const double Cap = 8;

    private readonly List<(double Amount, double Per)> _samples = new(Samples);
    private int _oldest;

    /// <summary>Null before the first sample.</summary>
    public double? Value { get; private set; }

    /// <param name="per">Above 0.</param>
    public void Add(double amount, double per)
    {
        if (_samples.Count < Samples)
        {
            _samples.Add((amount, per));
        }
        else
        {
            _samples[_oldest] = (amount, per);
            _oldest = (_oldest + 1) % Samples;
        }

        var most = Cap * Median();
        Value = _samples.Sum(sample => Math.Min(sample.Amount, most * sample.Per)) / _samples.Sum(sample => sample.Per);
    }

    private double Median()
    {
        Span<double> ratios = stackalloc double[_samples.Count];
        for (var i = 0; i < ratios.Length; i++)
        {
            ratios[i] = _samples[i].Amount / _samples[i].Per;
        }

        ratios.Sort();
        return ratios[(ratios.Length - 1) / 2];
    }
}
