namespace Sensorium.Bench.Load;

internal static class Statistics
{
    /// <summary>Linear interpolation between order statistics; NaN for no values.</summary>
    public static double Quantile(IReadOnlyCollection<double> values, double quantile)
    {
        if (values.Count == 0)
        {
            return double.NaN;
        }

        var sorted = values.Order().ToArray();
        var position = quantile * (sorted.Length - 1);
        var lower = (int)position;
        var upper = Math.Min(lower + 1, sorted.Length - 1);
        return sorted[lower] + ((sorted[upper] - sorted[lower]) * (position - lower));
    }

    public static double Median(IReadOnlyCollection<double> values) => Quantile(values, 0.5);

    /// <summary>
    /// The least-squares line through the medians of consecutive blocks of points, and the standard error of its slope. Points
    /// near each other are not independent: taken one by one, they would make the slope look more certain than it is.
    /// </summary>
    public static (double Slope, double Error) Trend(IReadOnlyList<(double X, double Y)> points, int blocks)
    {
        (double X, double Y)[] medians =
        [
            .. points.OrderBy(point => point.X).Chunk((points.Count + blocks - 1) / blocks)
                .Select(block => (block.Average(point => point.X), Median([.. block.Select(point => point.Y)]))),
        ];
        var meanX = medians.Average(point => point.X);
        var meanY = medians.Average(point => point.Y);
        var spread = medians.Sum(point => (point.X - meanX) * (point.X - meanX));
        var slope = medians.Sum(point => (point.X - meanX) * (point.Y - meanY)) / spread;
        var residuals = medians.Sum(point => Math.Pow(point.Y - meanY - (slope * (point.X - meanX)), 2));
        return (slope, Math.Sqrt(residuals / (medians.Length - 2) / spread));
    }
}
