namespace Sensorium.Deciders.Blocks;

/// <summary>A field of few values: one number for each, less how frequent it is, so that an average case adds nothing.</summary>
/// <param name="Values">Those that were taught often enough; another one adds nothing.</param>
/// <param name="Shares">How frequent each is.</param>
internal sealed record CategoryColumn(string Name, string[] Values, float[] Shares)
{
    private const int Fewest = 3;
    private const int Most = 200;

    public static CategoryColumn Fit(string name, IReadOnlyList<string> values)
    {
        var kept = values.GroupBy(value => value, StringComparer.Ordinal)
            .Where(group => group.Count() >= Fewest)
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .Take(Most)
            .ToArray();
        return new CategoryColumn(name, [.. kept.Select(group => group.Key)], [.. kept.Select(group => group.Count() / (float)values.Count)]);
    }

    public void Read(string value, Span<float> row)
    {
        var place = Array.IndexOf(Values, value);
        if (place < 0)
        {
            return;
        }

        for (var i = 0; i < Values.Length; i++)
        {
            row[i] = (i == place ? 1 : 0) - Shares[i];
        }
    }
}
