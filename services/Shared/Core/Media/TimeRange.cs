using Sensorium.Core.Errors;

namespace Sensorium.Core.Media;

/// <summary>A half-open span of time within a medium. A null <paramref name="End"/> means its end.</summary>
public readonly record struct TimeRange(TimeSpan Start, TimeSpan? End)
{
    /// <summary>Checks what holds for every medium, however long.</summary>
    /// <param name="field">Where the range is in the request; null if that is known only to the caller.</param>
    /// <exception cref="SensoriumException">INVALID_RANGE: it is negative or empty.</exception>
    public void Validate(string? field = null)
    {
        if (Start < TimeSpan.Zero || End <= Start)
        {
            var end = End is { } given ? $"{given.TotalSeconds:0.###} s" : "the end";
            throw SensoriumException.Invalid(
                ErrorReasons.InvalidRange,
                $"{field ?? "The range"} goes from {Start.TotalSeconds:0.###} s to {end}; it must start at or after 0 and end after its start.",
                field);
        }
    }
}
