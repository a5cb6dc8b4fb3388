using Sensorium.Deciders.Blocks;
using Sensorium.Deciders.Cases;
using Sensorium.Deciders.Learning;
using Sensorium.Deciders.Questions;

namespace Sensorium.Deciders.Measuring;

/// <summary>Says how well a question is answered, from what was said of cases that were held back.</summary>
/// <param name="cases">That have an outcome.</param>
/// <param name="divisions">That they were held back in.</param>
internal sealed class Reporter(CaseSchema schema, IReadOnlyList<TaughtCase> cases, IReadOnlyList<int[]> divisions)
{
    private static readonly double[] Coverages = [1, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1];
    private readonly int[] _all = [.. Enumerable.Range(0, cases.Count)];
    private readonly Bootstrap _bootstrap = new([.. cases.Select(taught => taught.Group)]);

    /// <param name="question">What was asked.</param>
    /// <param name="targets">One for each option, or for "true" alone of two.</param>
    /// <param name="outcomes">Place of each case's outcome among the options.</param>
    public QuestionReport Report(Question question, IReadOnlyList<TaughtTarget> targets, IReadOnlyList<int> outcomes)
    {
        var (confidences, correct) = Confidences(targets, outcomes);
        double[] probabilities = targets.Count == 1 ? [.. targets[0].HeldBack.Select(LogOdds.ToProbability)] : confidences;
        var so = targets.Count == 1 ? targets[0].Labels : correct;
        var curve = CalibrationCurve.Of(probabilities, so);
        return new QuestionReport(
            question,
            cases.Count,
            [.. question.Options.Select((option, i) => new OptionCount(option.Value, outcomes.Count(outcome => outcome == i)))],
            Area([.. targets.Select(target => target.HeldBack)], targets),
            probabilities.Select((probability, i) => Math.Pow(probability - (so[i] ? 1 : 0), 2)).Average(),
            CalibrationCurve.Error(curve),
            curve,
            [.. Parts(targets)],
            [.. FieldMeter.Measure(schema, [.. cases.Select(taught => taught.Case)], [.. targets.Select(target => target.Labels)])],
            [.. Coverage(confidences, correct)]);
    }

    private Interval Area(IReadOnlyList<double[]> scores, IReadOnlyList<TaughtTarget> targets) => _bootstrap.Of(
        places => targets.Select((target, t) => Auroc.Of([.. places.Select(i => scores[t][i])], [.. places.Select(i => target.Labels[i])])).Average(),
        _all);

    private IEnumerable<PartFigure> Parts(IReadOnlyList<TaughtTarget> targets)
    {
        var whole = Area([.. targets.Select(target => target.HeldBack)], targets).Value;
        foreach (var part in targets.SelectMany(target => target.Blocks).Select(fit => fit.Block.Part).Distinct(StringComparer.Ordinal))
        {
            var alone = Area([.. targets.Select(target => Blended(target, block => block.Part == part))], targets);
            var without = Area([.. targets.Select(target => Blended(target, block => block.Part != part))], targets);
            yield return new PartFigure(part, cases.Count(taught => Has(targets, part, taught.Case)), alone, whole - without.Value);
        }
    }

    private double[] Blended(TaughtTarget target, Func<IBlock, bool> which)
    {
        BlockFit[] fits = [.. target.Blocks.Where(fit => which(fit.Block))];
        return fits.Length == 0 ? new double[target.Labels.Length] : Blend.Fit(fits, target.Labels, divisions).LogOdds;
    }

    private static bool Has(IReadOnlyList<TaughtTarget> targets, string part, DecisionCase given) =>
        targets.SelectMany(target => target.Blocks).Any(fit => fit.Block.Part == part && fit.Block.Read(given) is not null);

    private static (double[] Confidences, bool[] Correct) Confidences(IReadOnlyList<TaughtTarget> targets, IReadOnlyList<int> outcomes)
    {
        var answers = outcomes.Select((_, i) => OptionProbabilities.Of([.. targets.Select(target => target.HeldBack[i])])).ToArray();
        var best = answers.Select(probabilities => probabilities.IndexOf(probabilities.Max())).ToArray();
        return ([.. answers.Select((probabilities, i) => probabilities[best[i]])], [.. best.Select((option, i) => option == outcomes[i])]);
    }

    private static IEnumerable<CoveragePoint> Coverage(double[] confidences, bool[] correct)
    {
        var order = Enumerable.Range(0, confidences.Length).OrderByDescending(i => confidences[i]).ToArray();
        foreach (var coverage in Coverages)
        {
            var answered = order[..Math.Max(1, (int)Math.Round(coverage * order.Length))];
            yield return new CoveragePoint(coverage, confidences[answered[^1]], answered.Count(i => !correct[i]) / (double)answered.Length);
        }
    }
}
