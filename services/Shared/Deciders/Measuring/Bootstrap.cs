namespace Sensorium.Deciders.Measuring;

/// <summary>A figure with the interval that holds 95 % of what it is on resampled cases.</summary>
public sealed record Interval(double Value, double Low, double High);

/// <summary>Resamples groups of cases with replacement: cases of one patient are not independent.</summary>
internal sealed class Bootstrap
{
    private const int Samples = 200;
    private readonly int[][] _samples;

    public Bootstrap(IReadOnlyList<string> groups)
    {
        var random = new Random(1);
        var together = Enumerable.Range(0, groups.Count)
            .GroupBy(i => groups[i].Length == 0 ? $"\0{i}" : groups[i], StringComparer.Ordinal)
            .Select(group => group.ToArray())
            .ToArray();
        _samples = [.. Enumerable.Range(0, Samples).Select(_ =>
            Enumerable.Range(0, together.Length).SelectMany(_ => together[random.Next(together.Length)]).ToArray())];
    }

    /// <param name="value">Of the cases at these places.</param>
    /// <param name="all">Every place.</param>
    public Interval Of(Func<IReadOnlyList<int>, double> value, IReadOnlyList<int> all)
    {
        var values = _samples.Select(value).Order().ToArray();
        return new Interval(value(all), values[(int)(0.025 * Samples)], values[(int)(0.975 * Samples) - 1]);
    }
}
