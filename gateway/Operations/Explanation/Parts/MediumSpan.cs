using Sensorium.Core.Errors;
using Sensorium.Core.Media;

namespace Sensorium.Gateway.Operations.Explanation.Parts;

/// <summary>Which span of a medium is divided, and into how many parts that goes.</summary>
internal static class MediumSpan
{
    /// <exception cref="SensoriumException">The range is outside of the medium, or nobody knows where it ends.</exception>
    public static (TimeSpan From, TimeSpan Until) Of(TimeSpan? duration, TimeRange? range)
    {
        var end = duration ?? range?.End ?? throw SensoriumException.Invalid(
            ErrorReasons.UndecodableMedia, "The medium does not say how long it is; give a range with an end.");
        return SegmentChoice.Resolve(range, end);
    }

    /// <summary>As many as are wanted, as long as none is too short to mean anything.</summary>
    public static int Parts(TimeSpan length, int wanted, TimeSpan shortest) => (int)Math.Clamp(length / shortest, 1, wanted);
}
