namespace Sensorium.Core.Media;

/// <summary>A half-open span of time within a medium. A null <paramref name="End"/> means its end.</summary>
public readonly record struct TimeRange(TimeSpan Start, TimeSpan? End);
