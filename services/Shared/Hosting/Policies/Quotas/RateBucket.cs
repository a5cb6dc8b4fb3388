namespace Sensorium.Hosting.Policies.Quotas;

/// <summary>
/// So many of something a minute, of which a minute's worth may come at once. What is counted afterwards may leave a debt, which
/// time pays off. Not safe for concurrent use.
/// </summary>
/// <param name="perMinute">Above 0.</param>
internal sealed class RateBucket(int perMinute, TimeProvider time)
{
    private double _left = perMinute;
    private long _at = time.GetTimestamp();

    /// <summary>How long until so many may be taken; zero if they may be now.</summary>
    public TimeSpan WaitFor(double amount)
    {
        var now = time.GetTimestamp();
        _left = Math.Min(perMinute, _left + (time.GetElapsedTime(_at, now).TotalMinutes * perMinute));
        _at = now;
        return _left >= amount ? TimeSpan.Zero : TimeSpan.FromMinutes((amount - _left) / perMinute);
    }

    public void Take(double amount) => _left -= amount;
}
