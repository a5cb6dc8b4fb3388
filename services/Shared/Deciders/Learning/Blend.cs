namespace Sensorium.Deciders.Learning;

/// <summary>
/// How far each block counts in the whole. Weights are learned on cases held back and drawn towards one another, because those that
/// few cases teach are noise: with many cases the data decide, with few all blocks count alike. How confident the whole may be, and how
/// well it does, is told by weights that had not seen the case either.
/// </summary>
/// <param name="Blocks">Those that count.</param>
/// <param name="Weights">Of these.</param>
/// <param name="Calibration">Of their weighted sum.</param>
/// <param name="LogOdds">Of each case, by blocks and weights that had not seen it.</param>
internal sealed record Blend(IReadOnlyList<BlockFit> Blocks, IReadOnlyList<double> Weights, Calibration Calibration, double[] LogOdds)
{
    // As if weights were known to lie within 0.3 of one another, and all together within 0.3 of 1.
    private const double Together = 1 / (0.3 * 0.3);

    /// <param name="blocks">At least one.</param>
    /// <param name="labels">Of each case.</param>
    /// <param name="divisions">As the blocks were fitted with.</param>
    public static Blend Fit(IReadOnlyList<BlockFit> blocks, bool[] labels, IReadOnlyList<int[]> divisions)
    {
        // Each division is as good as another: all of them together weigh no more than the cases do.
        bool[] all = [.. divisions.SelectMany(_ => labels)];
        var held = divisions.Select((folds, division) => HeldBack(blocks, division, folds, labels)).ToArray();
        var calibration = Calibration.TowardsOne([.. held.SelectMany(division => division)], all, divisions.Count);
        var weights = Weigh([.. blocks.Select(block => block.Evidence.SelectMany(division => division).ToArray())], all, divisions.Count);
        var kept = Enumerable.Range(0, blocks.Count).Where(b => weights[b] > 0).ToArray();
        return new Blend(
            [.. kept.Select(b => blocks[b])],
            [.. kept.Select(b => weights[b])],
            calibration with { Offset = calibration.LogOdds(weights[^1]) },
            [.. Enumerable.Range(0, labels.Length).Select(i => calibration.LogOdds(held.Average(division => division[i])))]);
    }

    // What weights say that were learned without the case.
    private static double[] HeldBack(IReadOnlyList<BlockFit> blocks, int division, int[] folds, bool[] labels)
    {
        var said = new double[labels.Length];
        for (var fold = 0; fold < Folds.Count; fold++)
        {
            var taught = Enumerable.Range(0, labels.Length).Where(i => folds[i] != fold).ToArray();
            var weights = Weigh([.. blocks.Select(block => taught.Select(i => block.Evidence[division][i]).ToArray())], [.. taught.Select(i => labels[i])], 1);
            for (var i = 0; i < labels.Length; i++)
            {
                said[i] = folds[i] == fold ? weights[^1] + blocks.Select((block, b) => weights[b] * block.Evidence[division][i]).Sum() : said[i];
            }
        }

        return said;
    }

    /// <param name="inputs">Evidence of each block.</param>
    /// <param name="labels">One for each number.</param>
    /// <param name="times">How often each case is there.</param>
    /// <returns>The weights, and an intercept. One that would count against its block is 0, and the others are learned without it.</returns>
    private static double[] Weigh(double[][] inputs, bool[] labels, int times)
    {
        double[] sum = [.. Enumerable.Range(0, labels.Length).Select(i => inputs.Sum(input => input[i]))];
        var common = Math.Max(0.05, RidgeLogistic.Fit([sum], labels, 1, Together * times)[0]);
        var weights = new double[inputs.Length + 1];
        var counting = Enumerable.Range(0, inputs.Length).ToList();
        while (true)
        {
            var fitted = RidgeLogistic.Fit([.. counting.Select(b => inputs[b])], labels, common, Together * times);
            if (counting.Count == 1 || fitted[..^1].Min() > 0)
            {
                counting.ForEach(b => weights[b] = Math.Max(0, fitted[counting.IndexOf(b)]));
                weights[^1] = fitted[^1];
                return weights;
            }

            counting.RemoveAt(Array.IndexOf(fitted, fitted[..^1].Min()));
        }
    }
}
