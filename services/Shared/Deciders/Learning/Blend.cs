namespace Sensorium.Deciders.Learning;

/// <summary>
/// How far each block counts in the whole. Weights are learned on cases held back and drawn towards one another, because those that
/// few cases teach are noise: with many cases the data decide, with few all blocks count alike.
/// </summary>
/// <param name="Blocks">Those that count.</param>
/// <param name="Weights">Of these.</param>
internal sealed record Blend(IReadOnlyList<BlockFit> Blocks, IReadOnlyList<double> Weights, Calibration Calibration)
{
    // As if weights were known to lie within 0.3 of one another.
    private const double Together = 1 / (0.3 * 0.3);
    private const double AlmostFree = 1e-3;

    public double[] LogOdds
    {
        get
        {
            var calibration = Calibration;
            return [.. Sum(Blocks, Weights).Select(calibration.LogOdds)];
        }
    }

    /// <summary>A block without which cases held back are told better does not count.</summary>
    public static Blend Fit(IReadOnlyList<BlockFit> blocks, bool[] labels, LinearTrainer trainer)
    {
        var kept = blocks.ToList();
        var (weights, loss) = Weigh(kept, labels);
        while (kept.Count > 1)
        {
            var best = kept.Select(block => (Block: block, Without: Weigh([.. kept.Where(other => other != block)], labels)))
                .MinBy(tried => tried.Without.Loss);
            if (best.Without.Loss >= loss)
            {
                break;
            }

            kept.Remove(best.Block);
            (weights, loss) = best.Without;
        }

        return new Blend(kept, weights, trainer.Calibrate(Sum(kept, weights), labels));
    }

    private static (double[] Weights, double Loss) Weigh(List<BlockFit> blocks, bool[] labels)
    {
        double[] alike = [.. Enumerable.Repeat(1.0, blocks.Count)];
        var common = Math.Max(0.05, RidgeLogistic.Fit([Sum(blocks, alike)], labels, 1, AlmostFree)[0]);
        var fitted = RidgeLogistic.Fit([.. blocks.Select(block => block.Evidence)], labels, common, Together);
        double[] weights = [.. fitted[..^1].Select(weight => Math.Max(0, weight))];
        var intercept = fitted[^1];
        return (weights, Learning.LogOdds.Loss([.. Sum(blocks, weights).Select(sum => sum + intercept)], labels));
    }

    private static double[] Sum(IReadOnlyList<BlockFit> blocks, IReadOnlyList<double> weights)
    {
        var sums = new double[blocks[0].Evidence.Length];
        for (var b = 0; b < blocks.Count; b++)
        {
            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] += weights[b] * blocks[b].Evidence[i];
            }
        }

        return sums;
    }
}
