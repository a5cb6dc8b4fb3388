using Sensorium.V1;

namespace Sensorium.Cli.Commands.Collections;

/// <summary>What became of the files.</summary>
internal sealed class IndexTally
{
    public int Added { get; private set; }

    public int Replaced { get; private set; }

    public int Skipped { get; private set; }

    public int Failed { get; private set; }

    public void Skip() => Skipped++;

    public void Count(IndexedItem item)
    {
        Added += item.Outcome == IndexOutcome.Added ? 1 : 0;
        Replaced += item.Outcome == IndexOutcome.Replaced ? 1 : 0;
        Skipped += item.Outcome == IndexOutcome.Unchanged ? 1 : 0;
        Failed += item.Outcome == IndexOutcome.Failed ? 1 : 0;
    }
}
