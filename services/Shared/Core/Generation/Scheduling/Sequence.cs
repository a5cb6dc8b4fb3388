namespace Sensorium.Core.Generation.Scheduling;

/// <summary>One row of a running batch.</summary>
internal sealed class Sequence(SequenceGroup group)
{
    public SequenceGroup Group { get; } = group;

    /// <summary>Where it is in the batch now; changes when others leave.</summary>
    public int Row { get; set; }

    /// <summary>Fed by the next step.</summary>
    public int NextToken { get; set; }

    /// <summary>It is done; its row is freed before the next step.</summary>
    public bool Leaving { get; set; }
}
