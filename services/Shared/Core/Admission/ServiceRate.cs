namespace Sensorium.Core.Admission;

/// <summary>
/// How much work is done per second, measured in windows of busy time that end with work done, so that work which is done in
/// bursts counts evenly. Not safe for concurrent use.
/// </summary>
/// <param name="leastRecords">Pieces of work after which the rate counts as known: the first ones compile code and fill pools.</param>
internal sealed class ServiceRate(int leastRecords)
{
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(50);

    // One item alone uses a part of what a service can do: stages wait for each other, and batches are not full. With so many
    // items it is taken to be busy throughout; with fewer its time counts in proportion. A rate that is taken for too high is
    // put right by the first windows under load.
    private const int ItemsOfFullLoad = 4;

    private readonly CappedRatio _secondsPerUnit = new();
    private int _records;
    private double _work;
    private double _seconds;
    private TimeSpan _elapsed;

    /// <summary>Work has been done since the last call of <see cref="Spend"/>.</summary>
    public void Record(double work)
    {
        _work += work;
        _records = Math.Min(_records + 1, leastRecords);
    }

    /// <summary>So much time has passed with so many items under way.</summary>
    public void Spend(TimeSpan busy, int items)
    {
        if (busy <= TimeSpan.Zero)
        {
            return;
        }

        if (_work > 0 && _elapsed >= Window)
        {
            _secondsPerUnit.Add(_seconds, _work);
            (_work, _seconds, _elapsed) = (0, 0, TimeSpan.Zero);
        }

        _elapsed += busy;
        _seconds += busy.TotalSeconds * Math.Min(items, ItemsOfFullLoad) / ItemsOfFullLoad;
    }

    /// <summary>How long the given work takes; null while too little has been measured.</summary>
    public TimeSpan? Estimate(double work) => _records >= leastRecords && _secondsPerUnit.Value is { } each
        ? TimeSpan.FromSeconds(Math.Min(work * each, TimeSpan.MaxValue.TotalSeconds / 2))
        : null;
}
