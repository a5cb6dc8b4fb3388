namespace Sensorium.Core.Batching;

/// <summary>How fast a queue empties, as a moving average over the last runs.</summary>
internal sealed class DrainRate
{
    private const double Weight = 0.2;

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Unknown = TimeSpan.FromSeconds(1);

    private double _unitsPerSecond;

    public void Record(long work, TimeSpan time)
    {
        if (time > TimeSpan.Zero)
        {
            var rate = work / time.TotalSeconds;
            _unitsPerSecond = _unitsPerSecond == 0 ? rate : _unitsPerSecond + Weight * (rate - _unitsPerSecond);
        }
    }

    /// <summary>When the given work will have been done; between 50 ms and 30 s.</summary>
    public TimeSpan TimeFor(long work) => _unitsPerSecond == 0
        ? Unknown
        : TimeSpan.FromSeconds(Math.Clamp(work / _unitsPerSecond, Shortest.TotalSeconds, Longest.TotalSeconds));
}
