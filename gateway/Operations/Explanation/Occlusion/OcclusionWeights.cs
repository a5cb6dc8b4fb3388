namespace Sensorium.Gateway.Operations.Explanation.Occlusion;

/// <summary>From scores of altered media to the weights of their parts.</summary>
internal static class OcclusionWeights
{
    /// <summary>
    /// A part's weight is what the score loses on average where the part is hidden, and what it gains where the part is shown; the
    /// mean of both, where both were done.
    /// </summary>
    /// <param name="parts">How many there are.</param>
    /// <param name="masks">Each part is in at least one.</param>
    /// <param name="scores">One for each mask.</param>
    /// <param name="full">With nothing hidden.</param>
    /// <param name="blank">With everything hidden; null where that cannot be: parts then count against their mean.</param>
    public static double[] Of(int parts, IReadOnlyList<Mask> masks, IReadOnlyList<double> scores, double full, double? blank)
    {
        if (parts == 1)
        {
            // It is all there is, and carries all.
            return [full - (blank ?? 0)];
        }

        var lost = new Means(parts);
        var gained = new Means(parts);
        var ground = blank ?? masks.Zip(scores).Where(run => run.First.ShowsOnly).Select(run => run.Second).DefaultIfEmpty().Average();
        for (var i = 0; i < masks.Count; i++)
        {
            if (masks[i].ShowsOnly)
            {
                gained.Add(masks[i].Parts, scores[i] - ground);
            }
            else
            {
                lost.Add(masks[i].Parts, full - scores[i]);
            }
        }

        return [.. Enumerable.Range(0, parts).Select(part => Join(lost[part], gained[part]))];
    }

    private static double Join(double? lost, double? gained) =>
        lost is { } one && gained is { } other ? (one + other) / 2 : lost ?? gained ?? 0;

    private sealed class Means(int parts)
    {
        private readonly double[] _sums = new double[parts];
        private readonly int[] _counts = new int[parts];

        public double? this[int part] => _counts[part] == 0 ? null : _sums[part] / _counts[part];

        public void Add(IReadOnlyList<int> where, double value)
        {
            foreach (var part in where)
            {
                _sums[part] += value;
                _counts[part]++;
            }
        }
    }
}
