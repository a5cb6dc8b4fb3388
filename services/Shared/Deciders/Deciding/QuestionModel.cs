using Sensorium.Deciders.Blocks;
using Sensorium.Deciders.Cases;
using Sensorium.Deciders.Learning;
using Sensorium.Deciders.Measuring;
using Sensorium.Deciders.Questions;

namespace Sensorium.Deciders.Deciding;

/// <summary>How one question is answered.</summary>
/// <param name="Targets">One for each option against the others, or for the second of two.</param>
/// <param name="Coverage">Which confidence leaves how many cases, as measured.</param>
internal sealed record QuestionModel(Question Question, IReadOnlyList<TargetModel> Targets, IReadOnlyList<CoveragePoint> Coverage)
{
    public Answer Answer(
        IReadOnlyDictionary<string, IBlock> blocks, DecisionCase given, DecideOptions options, Abstention? abstained, IReadOnlyList<SimilarCase> similar)
    {
        var probabilities = OptionProbabilities.Of([.. Targets.Select(target => target.LogOdds(blocks, given))]);
        var best = probabilities.IndexOf(probabilities.Max());
        var least = Math.Max(options.MinConfidence, options.Coverage < 1 ? ConfidenceFor(options.Coverage) : 0);
        return new Answer(
            Question,
            probabilities,
            best,
            Calibrated: true,
            abstained ?? (probabilities[best] < least ? Abstention.LowConfidence : null),
            options.Evidence == 0 ? [] : EvidenceFor(blocks, given, best, options.Evidence),
            similar);
    }

    /// <summary>What the evidence for an answer adds up to.</summary>
    public double LogOdds(IReadOnlyDictionary<string, IBlock> blocks, DecisionCase given, int best)
    {
        var (target, sign) = TargetOf(best);
        return sign * target.LogOdds(blocks, given);
    }

    /// <summary>Names of the blocks that have a share in an answer.</summary>
    public IEnumerable<string> BlocksOf(int best) => TargetOf(best).Target.Blocks.Select(block => block.Block);

    // One target speaks of the second of two options: what speaks for it speaks against the first.
    private (TargetModel Target, int Sign) TargetOf(int best) =>
        Targets.Count > 1 ? (Targets[best], 1) : (Targets[0], best == 0 && Question.Kind != QuestionKind.Predicate ? -1 : 1);

    // Between the points that were measured; those are from the widest coverage to the narrowest.
    private double ConfidenceFor(double coverage)
    {
        var (wider, narrower) = (Coverage.Last(point => point.Coverage >= coverage), Coverage.FirstOrDefault(point => point.Coverage <= coverage) ?? Coverage[^1]);
        var between = wider.Coverage - narrower.Coverage;
        return between <= 0 ? wider.Confidence : wider.Confidence + (wider.Coverage - coverage) / between * (narrower.Confidence - wider.Confidence);
    }

    private Evidence[] EvidenceFor(IReadOnlyDictionary<string, IBlock> blocks, DecisionCase given, int best, int count)
    {
        var (target, sign) = TargetOf(best);
        return
        [
            .. target.Explain(blocks, given)
                .Select(piece => piece with { Weight = sign * piece.Weight })
                .OrderByDescending(piece => Math.Abs(piece.Weight))
                .Take(count),
        ];
    }
}
