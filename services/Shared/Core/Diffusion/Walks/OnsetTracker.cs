namespace Sensorium.Core.Diffusion.Walks;

/// <summary>How much begins at each moment of a sound: how much louder it gets within hundredths of a second. Beats and words are its peaks.</summary>
public sealed class OnsetTracker
{
    /// <summary>Of the sound that it is given.</summary>
    public const int SampleRate = 8000;

    private const int HopSamples = SampleRate / 100;
    private const int HopsBefore = 5;
    private const double Loudness = 1000;

    private readonly List<double> _levels = [];
    private double _power;
    private int _count;

    /// <summary>Seconds that were heard.</summary>
    public double Duration => ((_levels.Count * HopSamples) + _count) / (double)SampleRate;

    public void Add(ReadOnlySpan<float> samples)
    {
        foreach (var sample in samples)
        {
            _power += sample * sample;
            if (++_count == HopSamples)
            {
                _levels.Add(Math.Log(1 + (Loudness * _power / HopSamples)));
                (_power, _count) = (0, 0);
            }
        }
    }

    /// <summary>What began up to each hundredth of a second; never falls.</summary>
    public double[] Sums()
    {
        var sums = new double[_levels.Count + 1];
        for (var hop = 0; hop < _levels.Count; hop++)
        {
            var before = Enumerable.Range(Math.Max(0, hop - HopsBefore), Math.Min(hop, HopsBefore)).Select(other => _levels[other]).DefaultIfEmpty(0).Max();
            sums[hop + 1] = sums[hop] + Math.Max(0, _levels[hop] - before);
        }

        return sums;
    }
}
