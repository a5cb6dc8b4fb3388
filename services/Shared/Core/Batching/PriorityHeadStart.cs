namespace Sensorium.Core.Batching;

/// <summary>
/// What a level of priority is worth in a queue: a request goes before those of the next lower level that came at most so much
/// earlier. Longer than what is admitted usually waits, so that it goes before all of them; finite, so that none waits for ever.
/// </summary>
internal static class PriorityHeadStart
{
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(2);
}
