namespace Sensorium.Deciders.Blocks;

/// <summary>
/// A field of numbers as a sum of curves: the number itself, its rank among those taught, and bends of the rank. Each is centred
/// and scaled, so that an average case adds nothing.
/// </summary>
/// <param name="Knots">Quantiles of the numbers that were taught, ascending.</param>
internal sealed record NumberColumn(string Name, double[] Knots, double Mean, double Deviation, float[] Centers, float[] Scales)
{
    public const int Width = 5;
    private const int KnotCount = 33;
    private const double Far = 4;
    private static readonly double[] Bends = [-0.5, 0, 0.5];

    public static NumberColumn Fit(string name, IReadOnlyList<double> numbers)
    {
        var sorted = numbers.Order().ToArray();
        var knots = Enumerable.Range(0, KnotCount).Select(i => sorted[(int)Math.Round(i * (sorted.Length - 1) / (KnotCount - 1.0))]).ToArray();
        var mean = sorted.Average();
        var deviation = Math.Sqrt(sorted.Average(number => (number - mean) * (number - mean)));
        var raw = new NumberColumn(name, knots, mean, deviation, new float[Width], [1, 1, 1, 1, 1]);
        var rows = sorted.Select(raw.Read).ToArray();
        var centers = Enumerable.Range(0, Width).Select(j => rows.Average(row => row[j])).ToArray();
        var spreads = Enumerable.Range(0, Width).Select(j => MathF.Sqrt(rows.Average(row => (row[j] - centers[j]) * (row[j] - centers[j]))));
        return raw with { Centers = centers, Scales = [.. spreads.Select(spread => spread > 1e-4f ? 1 / spread : 0)] };
    }

    public float[] Read(double number)
    {
        var rank = RankOf(number);
        var row = new float[Width];
        row[0] = (float)(Deviation > 0 ? Math.Clamp((number - Mean) / Deviation, -Far, Far) : 0);
        row[1] = (float)rank;
        for (var i = 0; i < Bends.Length; i++)
        {
            row[2 + i] = (float)Math.Max(0, rank - Bends[i]);
        }

        for (var i = 0; i < Width; i++)
        {
            row[i] = (row[i] - Centers[i]) * Scales[i];
        }

        return row;
    }

    /// <summary>Among those taught, from -1 to 1; equal numbers share the middle of their ranks.</summary>
    public double RankOf(double number)
    {
        var below = Knots.Count(knot => knot < number);
        var upTo = Knots.Count(knot => knot <= number);
        var place = upTo > below ? (below + upTo - 1) / 2.0
            : below == 0 ? 0
            : below == Knots.Length ? Knots.Length - 1
            : below - 1 + (number - Knots[below - 1]) / (Knots[below] - Knots[below - 1]);
        return 2 * place / (Knots.Length - 1) - 1;
    }
}
