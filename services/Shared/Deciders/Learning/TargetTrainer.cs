using Sensorium.Deciders.Blocks;
using Sensorium.Deciders.Deciding;

namespace Sensorium.Deciders.Learning;

/// <summary>One answer against the others, learned.</summary>
/// <param name="HeldBack">Log-odds of each case, by models that had not seen it.</param>
/// <param name="Blocks">All that were fitted, also those that do not count.</param>
internal sealed record TaughtTarget(TargetModel Model, double[] HeldBack, IReadOnlyList<BlockFit> Blocks, bool[] Labels);

/// <summary>Teaches one answer against the others: each block by itself, then how far each counts, then all once more on every case.</summary>
internal sealed class TargetTrainer(LinearTrainer trainer, IReadOnlyList<IBlock> blocks, IReadOnlyList<FeatureRow?[]> rows, IReadOnlyList<int[]> divisions)
{
    /// <param name="labels">Of each case: whether this is the answer.</param>
    /// <param name="cancellationToken">Of the call.</param>
    public TaughtTarget Train(bool[] labels, CancellationToken cancellationToken)
    {
        var fitter = new BlockFitter(trainer, divisions);
        var fits = blocks.Select((block, b) => fitter.Fit(block, rows[b], labels, cancellationToken)).OfType<BlockFit>().ToArray();
        if (fits.Length == 0)
        {
            var prior = trainer.Calibrate([.. labels.Select(_ => 0.0)], labels).Offset;
            return new TaughtTarget(new TargetModel(prior, []), [.. labels.Select(_ => prior)], [], labels);
        }

        var blend = Blend.Fit(fits, labels, divisions);
        var models = blend.Blocks.Select((fit, b) => Finish(fit, blend.Calibration.Slope * blend.Weights[b], labels));
        return new TaughtTarget(new TargetModel(blend.Calibration.Offset, [.. models]), blend.LogOdds, fits, labels);
    }

    // On every case that has the block. What scales it into the whole goes into its weights.
    private BlockModel Finish(BlockFit fit, double share, bool[] labels)
    {
        var own = rows[IndexOf(fit.Block)];
        var present = Enumerable.Range(0, own.Length).Where(i => own[i] is not null).ToArray();
        var model = trainer.Train([.. present.Select(i => own[i]!)], [.. present.Select(i => labels[i])], fit.Block.Width, fit.Strength);
        var gain = share * fit.Calibration.Slope;
        return new BlockModel(
            fit.Block.Name,
            [.. model.Weights.Select(weight => (float)(gain * weight))],
            gain * model.Bias + share * (fit.Calibration.Offset - fit.Prior));
    }

    private int IndexOf(IBlock block) => blocks.Select((other, i) => (other, i)).First(pair => pair.other == block).i;
}
