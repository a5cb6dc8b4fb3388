namespace Sensorium.Bench.Processes;

/// <summary>Cores that a process is pinned to, in the notation of taskset: "0", "0-3", "0,2".</summary>
internal sealed record CoreSet(string Text)
{
    public IReadOnlyList<int> Cores { get; } = [.. Text.Split(',').SelectMany(Expand)];

    private static IEnumerable<int> Expand(string part)
    {
        var ends = part.Split('-').Select(int.Parse).ToArray();
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    }

    public override string ToString() => Text;
}
