namespace Sensorium.Bench.Reporting;

/// <summary>One line of a chart, points ordered by x.</summary>
internal sealed record ChartSeries(string Name, string Colour, IReadOnlyList<(double X, double Y)> Points);
