using Sensorium.Deciders.Blocks;

namespace Sensorium.Deciders.Learning;

/// <summary>What one block says of each case.</summary>
/// <param name="Strength">Of the penalty that did best on cases held back.</param>
/// <param name="Evidence">
/// For each division, of each case: log-odds over those of an average case, by the model that had not seen the case; 0 where the block is
/// missing. Means over divisions would be steadier than the one model is that decides in the end.
/// </param>
internal sealed record BlockFit(IBlock Block, float Strength, double[][] Evidence, Calibration Calibration, double Prior);

/// <summary>Fits one block by itself: the strength of its penalty is chosen on cases held back.</summary>
internal sealed class BlockFitter(LinearTrainer trainer, IReadOnlyList<int[]> divisions)
{
    private const int Start = 3;
    private static readonly float[] Strengths = [0.01f, 0.03f, 0.1f, 0.3f, 1, 3, 10, 30];

    /// <param name="block">To fit.</param>
    /// <param name="rows">Of each case; null where the block is missing.</param>
    /// <param name="labels">Of each case.</param>
    /// <param name="cancellationToken">Of the call.</param>
    public BlockFit? Fit(IBlock block, FeatureRow?[] rows, bool[] labels, CancellationToken cancellationToken)
    {
        var present = Enumerable.Range(0, rows.Length).Where(i => rows[i] is not null).ToArray();
        bool[] own = [.. present.Select(i => labels[i])];
        if (!own.Contains(true) || !own.Contains(false))
        {
            return null;
        }

        var tried = new Dictionary<int, (double[][] Scores, Calibration Calibration, double Loss)>();
        var best = Start;
        Try(best);
        foreach (var direction in (int[])[1, -1])
        {
            while (best + direction >= 0 && best + direction < Strengths.Length && Try(best + direction) < tried[best].Loss)
            {
                best += direction;
            }
        }

        var (scores, calibration, _) = tried[best];
        var prior = PriorOf(own);
        return new BlockFit(block, Strengths[best], [.. scores.Select(Spread)], calibration, prior);

        double Try(int place)
        {
            if (!tried.TryGetValue(place, out var known))
            {
                var held = HeldBack(block, rows, labels, present, Strengths[place], cancellationToken);
                double[] all = [.. held.SelectMany(division => division)];
                bool[] outcomes = [.. held.SelectMany(_ => own)];
                var calibrated = trainer.Calibrate(all, outcomes);
                tried[place] = known = (held, calibrated, LogOdds.Loss([.. all.Select(calibrated.LogOdds)], outcomes));
            }

            return known.Loss;
        }

        double[] Spread(double[] division)
        {
            var evidence = new double[rows.Length];
            for (var i = 0; i < present.Length; i++)
            {
                evidence[present[i]] = calibration.LogOdds(division[i]) - prior;
            }

            return evidence;
        }
    }

    // For each division what models say that had not seen the case.
    private double[][] HeldBack(IBlock block, FeatureRow?[] rows, bool[] labels, int[] present, float strength, CancellationToken cancellationToken)
    {
        var scores = divisions.Select(_ => new double[present.Length]).ToArray();
        foreach (var (division, folds) in divisions.Index())
        {
            for (var fold = 0; fold < Folds.Count; fold++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var taught = present.Where(i => folds[i] != fold).ToArray();
                if (taught.Length == 0)
                {
                    continue;
                }

                var model = trainer.Train([.. taught.Select(i => rows[i]!)], [.. taught.Select(i => labels[i])], block.Width, strength);
                for (var i = 0; i < present.Length; i++)
                {
                    scores[division][i] = folds[present[i]] == fold ? model.Score(rows[present[i]]!) : scores[division][i];
                }
            }
        }

        return scores;
    }

    private static double PriorOf(bool[] labels)
    {
        var share = labels.Count(label => label) / (double)labels.Length;
        return Math.Log(share / (1 - share));
    }
}
