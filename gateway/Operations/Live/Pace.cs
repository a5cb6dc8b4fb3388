namespace Sensorium.Gateway.Operations.Live;

/// <summary>When something is due that is not done for every frame, in the time of the stream.</summary>
internal sealed class Pace(TimeSpan interval)
{
    private TimeSpan? _last;

    /// <param name="time">Of a frame.</param>
    /// <param name="atOnce">It is due in any case.</param>
    public bool IsDue(TimeSpan time, bool atOnce)
    {
        if (!atOnce && _last is { } last && time - last < interval)
        {
            return false;
        }

        _last = time;
        return true;
    }
}
