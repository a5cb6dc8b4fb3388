using System.Collections.Concurrent;
using Sensorium.Bench.Load;
using Sensorium.Testing.Shared.Media;

namespace Sensorium.Bench.Soak.Sections;

/// <summary>What became of damaged media.</summary>
internal sealed class MutantTally
{
    private const double SlowSeconds = 10;

    private readonly ConcurrentBag<(FormatSample Format, string Outcome, double Seconds)> _all = [];
    private readonly ConcurrentBag<(double X, double Y)> _memory = [];
    private readonly ConcurrentQueue<string> _failures = new();

    public int Faults => _all.Count(one => IsFault(one.Outcome));

    public double Slowest => _all.Max(one => one.Seconds);

    public IEnumerable<string> Failures => _failures;

    public void Measure(int number, double megabytes) => _memory.Add((number, megabytes));

    /// <param name="outcome">Status and message; empty if it was read.</param>
    /// <returns>True if it is to be looked into.</returns>
    public bool Add(FormatSample format, string outcome, TimeSpan took, int number)
    {
        _all.Add((format, outcome, took.TotalSeconds));
        var odd = IsFault(outcome) || took.TotalSeconds > SlowSeconds;
        if (odd)
        {
            _failures.Enqueue($"mutant-{number}.{format.Name} after {took.TotalSeconds:0.0} s: {(outcome.Length == 0 ? "read" : outcome)}");
        }

        return odd;
    }

    public double GrowthPerThousand(int from, int blocks)
    {
        var points = _memory.Where(point => point.X >= from).ToList();
        return points.Count < blocks ? 0 : 1000 * Statistics.Trend(points, blocks).Slope;
    }

    public IEnumerable<SoakRow> Rows() => _all.GroupBy(one => one.Format.Name).OrderBy(group => group.First().Format.Kind).ThenBy(group => group.Key).Select(group => new SoakRow(
        group.Key,
        ("media", group.Count()),
        ("still read", group.Count(one => one.Outcome.Length == 0)),
        ("refused as invalid", group.Count(one => one.Outcome.StartsWith("InvalidArgument", StringComparison.Ordinal))),
        ("refused otherwise", group.Count(one => one.Outcome.Length > 0 && !one.Outcome.StartsWith("InvalidArgument", StringComparison.Ordinal))),
        ("slowest, seconds", group.Max(one => one.Seconds))));

    private static bool IsFault(string outcome) =>
        outcome.StartsWith("Internal", StringComparison.Ordinal) || outcome.StartsWith("Unknown ", StringComparison.Ordinal)
        || outcome.StartsWith("Unavailable", StringComparison.Ordinal) || outcome.StartsWith("DeadlineExceeded Status", StringComparison.Ordinal);
}
