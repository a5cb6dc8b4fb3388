namespace Sensorium.Core.Admission;

/// <summary>What a priority is worth in every queue.</summary>
internal static class PriorityLevels
{
    public const int Count = 3;

    // Longer than what is admitted usually waits, so that it goes before all of that; finite, so that nothing waits for ever.
    private static readonly TimeSpan HeadStart = TimeSpan.FromSeconds(2);

    /// <summary>Level 0 goes first.</summary>
    public static int Level(this RequestPriority priority) => priority switch
    {
        > RequestPriority.Normal => 0,
        RequestPriority.Normal => 1,
        _ => 2,
    };

    /// <summary>By how much a level goes before the next one, in timestamps of the time provider.</summary>
    public static long HeadStartIn(TimeProvider time) => (long)(HeadStart.TotalSeconds * time.TimestampFrequency);
}
