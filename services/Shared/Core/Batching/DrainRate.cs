namespace Sensorium.Core.Batching;

/// <summary>
/// How much work is done per second of being busy, over about the last <see cref="Memory"/> of such time: the ratio of two
/// sums that fade, so that work which is done in bursts counts evenly. Not safe for concurrent use.
/// </summary>
/// <param name="leastRecords">Pieces of work after which the rate counts as known: the first ones compile code and fill pools.</param>
internal sealed class DrainRate(int leastRecords = 1)
{
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Unknown = TimeSpan.FromSeconds(1);

    private int _records;
    private double _work;
    private double _seconds;

    private bool IsKnown => _records >= leastRecords && _work > 0 && _seconds > 0;

    public void Record(double work)
    {
        _work += work;
        _records = Math.Min(_records + 1, leastRecords);
    }

    public void Spend(TimeSpan busy)
    {
        var kept = Math.Exp(-busy / Memory);
        _work *= kept;
        _seconds = (_seconds * kept) + busy.TotalSeconds;
    }

    /// <summary>How long the given work takes; null while too little has been measured.</summary>
    public TimeSpan? Estimate(double work) => IsKnown ? TimeSpan.FromSeconds(Math.Min(work / (_work / _seconds), TimeSpan.MaxValue.TotalSeconds / 2)) : null;

    /// <summary>When to try again, given how long the work that is in the way takes; between 50 ms and 30 s.</summary>
    public static TimeSpan RetryDelay(TimeSpan? wait) =>
        wait is not { } known ? Unknown : known < Shortest ? Shortest : known > Longest ? Longest : known;
}
