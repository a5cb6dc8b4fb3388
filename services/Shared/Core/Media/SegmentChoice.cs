using Sensorium.Core.Errors;

namespace Sensorium.Core.Media;

/// <summary>Which parts of a long medium are used.</summary>
public static class SegmentChoice
{
    /// <summary>
    /// Ascending indices out of 0 ... available - 1, evenly spread: each is the middle one of its share. All of them if there
    /// are no more than <paramref name="wanted"/>.
    /// </summary>
    public static IReadOnlyList<int> Evenly(int available, int wanted)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(wanted);
        var count = Math.Min(available, wanted);
        return [.. Enumerable.Range(0, count).Select(i => (int)((((2L * i) + 1) * available) / (2L * count)))];
    }

    /// <summary>
    /// The part of a medium of the given length that a range names. Throws INVALID_RANGE for a range that is negative, empty,
    /// or begins after the end.
    /// </summary>
    public static (TimeSpan From, TimeSpan Until) Resolve(TimeRange? range, TimeSpan duration)
    {
        range?.Validate();
        var from = range?.Start ?? TimeSpan.Zero;
        var until = range?.End is { } end && end < duration ? end : duration;
        if (from > TimeSpan.Zero && from >= duration)
        {
            throw SensoriumException.Invalid(
                ErrorReasons.InvalidRange, $"The range begins at {from.TotalSeconds:0.###} s, but the medium ends at {duration.TotalSeconds:0.###} s.");
        }

        return (from, until);
    }
}
