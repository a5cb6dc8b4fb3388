namespace Sensorium.Deciders.Learning;

/// <summary>Which part of a cross-validation each case is held back in.</summary>
internal static class Folds
{
    public const int Count = 5;

    // Small sets are divided several times, because how they are divided matters.
    private const int FewCases = 1_500;
    private const int Repeats = 3;

    /// <param name="groups">Of each case; cases of a group are held back together. Empty for a group of its own.</param>
    /// <param name="classes">Of each case; every fold has about as many of each.</param>
    public static IReadOnlyList<int[]> Assign(IReadOnlyList<string> groups, IReadOnlyList<int> classes) =>
        [.. Enumerable.Range(0, groups.Count < FewCases ? Repeats : 1).Select(seed => Assign(groups, classes, seed))];

    private static int[] Assign(IReadOnlyList<string> groups, IReadOnlyList<int> classes, int seed)
    {
        var random = new Random(seed);
        var together = Enumerable.Range(0, groups.Count).GroupBy(i => groups[i].Length == 0 ? $"\0{i}" : groups[i], StringComparer.Ordinal);
        var folds = new int[groups.Count];
        var next = 0;
        foreach (var group in together.OrderBy(_ => random.Next()).OrderBy(group => classes[group.First()]))
        {
            foreach (var i in group)
            {
                folds[i] = next % Count;
            }

            next++;
        }

        return folds;
    }
}
