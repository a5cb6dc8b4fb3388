using Microsoft.Extensions.Options;
using Sensorium.Core.Encoding.Pipeline;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Gateway.Encoding;
using Sensorium.Gateway.Intake;
using Sensorium.Gateway.Operations.Explanation.Occlusion;
using Sensorium.Gateway.Operations.Explanation.Parts;
using Sensorium.Gateway.Operations.Explanation.Scores;

namespace Sensorium.Gateway.Operations.Explanation;

/// <summary>
/// Weighs the parts of a medium by hiding them, for any scores at once. Altered media go through the same queue and the same cache as
/// any others, so that a second question about the same medium costs no run.
/// </summary>
internal sealed class MediumWeigher(
    IEnumerable<IMediumDivider> dividers, PreprocessingWorkers workers, TimeProvider time, IOptions<ExplainOptions> options)
{
    private readonly Dictionary<Modality, IMediumDivider> _dividers = dividers.ToDictionary(divider => divider.Modality);

    /// <param name="medium">As the intake gave it, good.</param>
    /// <param name="scorer">What its parts carry.</param>
    /// <param name="question">How finely, and whether it is drawn.</param>
    /// <param name="cancellationToken">Of the call.</param>
    /// <exception cref="SensoriumException">The medium cannot be divided or scored, or has too many parts.</exception>
    public async Task<Weighed> WeighAsync(
        ReceivedMedia medium, IMediaScorer scorer, ExplainQuestion question, CancellationToken cancellationToken)
    {
        using var divided = await DivideAsync(medium, question, cancellationToken);
        Mask[] ends = divided.CanHideAll ? [Mask.Nothing, Mask.Everything] : [Mask.Nothing];
        Mask[] masks = [.. ends, .. divided.Masks];
        var scored = new List<ScoredMedium>(masks.Length);
        foreach (var some in masks.Chunk(options.Value.RunsAtOnce))
        {
            var altered = await Task.WhenAll(some.Select((mask, i) => AlterAsync(medium, divided, mask, scored.Count + i, cancellationToken)));
            scored.AddRange(await Patience.TryAsync(() => scorer.ScoreAsync(altered, cancellationToken), time, cancellationToken));
        }

        var weights = Enumerable.Range(0, scored[0].Scores.Count).Select(score =>
            Weigh(divided, [.. scored.Select(altered => altered.Scores[score])], ends.Length, question.Draws));
        return new Weighed(divided.Layout, [.. weights], scored.Count, scored.Count(altered => altered.FromCache));
    }

    private static PartWeights Weigh(IDividedMedium divided, double[] scores, int ends, bool draws)
    {
        double? blank = divided.CanHideAll ? scores[1] : null;
        var weights = OcclusionWeights.Of(divided.Layout.Count, divided.Masks, scores[ends..], scores[0], blank);
        return new PartWeights(blank, weights, draws ? divided.Draw(weights) : null);
    }

    private ValueTask<IDividedMedium> DivideAsync(ReceivedMedia medium, ExplainQuestion question, CancellationToken cancellationToken)
    {
        if (medium.Item!.Track == MediaTrack.Subtitles)
        {
            throw SensoriumException.Invalid(
                ErrorReasons.NotExplainable, "Subtitles within a video are not explained; send their words as text, or select the frames or the sound.");
        }

        var divider = _dividers[EncoderDirectory.RouteOf(medium.Item)];
        return divider.DivideAsync(medium, new Division(question.Grid, question.Parts, options.Value.MaxRuns), cancellationToken);
    }

    private Task<ReceivedMedia> AlterAsync(ReceivedMedia medium, IDividedMedium divided, Mask mask, int index, CancellationToken cancellationToken)
    {
        var id = $"{medium.ItemId}#{index}";
        return workers.Run(() => Task.FromResult(new ReceivedMedia(medium.ItemId, medium.Field) { Item = divided.Alter(id, mask) }), cancellationToken);
    }
}
