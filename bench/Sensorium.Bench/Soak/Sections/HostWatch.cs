using Sensorium.Bench.Load;
using Sensorium.Bench.Soak.Hosts;

namespace Sensorium.Bench.Soak.Sections;

/// <summary>What one process held over time.</summary>
internal sealed class HostWatch(SoakHost host)
{
    private const int Settling = 3;

    private readonly List<(double Minutes, double Megabytes, int Handles, int Threads)> _points = [];

    // What first comes with a new kind of call has come by then.
    private IEnumerable<(double Minutes, double Megabytes, int Handles, int Threads)> Settled => _points.Skip(_points.Count / Settling);

    /// <summary>Medians, as connections come and go.</summary>
    public double HandlesGained => Median(Settled.TakeLast(_points.Count / 6)) - Median(Settled.Take(_points.Count / 6));

    public void Measure(TimeSpan at) =>
        _points.Add((at.TotalMinutes, host.Megabytes, ProcessFacts.Handles(host.ProcessId), ProcessFacts.Threads(host.ProcessId)));

    /// <summary>MiB a minute.</summary>
    public double Slope(int blocks) => Statistics.Trend([.. Settled.Select(point => (point.Minutes, point.Megabytes))], blocks).Slope;

    public SoakRow ToRow(int blocks) => new(
        host.Name,
        ("MiB after a third", Settled.First().Megabytes),
        ("MiB at the end", _points[^1].Megabytes),
        ("MiB a minute", Slope(blocks)),
        ("standard error", Statistics.Trend([.. Settled.Select(point => (point.Minutes, point.Megabytes))], blocks).Error),
        ("handles after a third", Settled.First().Handles),
        ("handles at the end", _points[^1].Handles),
        ("threads at the end", _points[^1].Threads));

    private static double Median(IEnumerable<(double Minutes, double Megabytes, int Handles, int Threads)> points) =>
        Statistics.Median([.. points.Select(point => (double)point.Handles)]);
}
