namespace Sensorium.Deciders.Measuring;

/// <summary>Probabilities beside how often it was so, in bins of about equally many cases.</summary>
internal static class CalibrationCurve
{
    private const int MostBins = 10;

    // Fewer make a bin's share noise, which would be read as miscalibration.
    private const int FewestCases = 50;

    public static IReadOnlyList<CalibrationBin> Of(IReadOnlyList<double> probabilities, IReadOnlyList<bool> labels)
    {
        var order = Enumerable.Range(0, probabilities.Count).OrderBy(i => probabilities[i]).ToArray();
        var bins = Math.Clamp(order.Length / FewestCases, 1, MostBins);
        return
        [
            .. Enumerable.Range(0, bins)
                .Select(bin => order[(int)((long)order.Length * bin / bins)..(int)((long)order.Length * (bin + 1) / bins)])
                .Where(inside => inside.Length > 0)
                .Select(inside => new CalibrationBin(
                    inside.Average(i => probabilities[i]), inside.Count(i => labels[i]) / (double)inside.Length, inside.Length)),
        ];
    }

    public static double Error(IReadOnlyList<CalibrationBin> curve) =>
        curve.Sum(bin => bin.Cases * Math.Abs(bin.Probability - bin.Share)) / curve.Sum(bin => bin.Cases);
}
