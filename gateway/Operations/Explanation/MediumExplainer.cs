using Microsoft.Extensions.Options;
using Sensorium.Core.Encoding;
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
/// Weighs the parts of a medium by hiding them: whatever score an encoded medium has, of whatever model. Altered media go through the
/// same queue and the same cache as any others, so that a second question about the same medium costs no run.
/// </summary>
internal sealed class MediumExplainer(
    Embedder embedder, IEnumerable<IMediumDivider> dividers, PreprocessingWorkers workers, IOptions<ExplainOptions> options)
{
    private readonly Dictionary<Modality, IMediumDivider> _dividers = dividers.ToDictionary(divider => divider.Modality);

    /// <param name="medium">As the intake gave it, good.</param>
    /// <param name="score">What its parts carry.</param>
    /// <param name="question">How finely, and how it is encoded.</param>
    /// <param name="cancellationToken">Of the call.</param>
    /// <exception cref="SensoriumException">The medium cannot be encoded or divided, or has too many parts.</exception>
    public async Task<ExplainedMedium> ExplainAsync(
        ReceivedMedia medium, IMediumScore score, ExplainQuestion question, CancellationToken cancellationToken)
    {
        try
        {
            var encoding = question.Encoding with { WithFeatures = score.ReadsFeatures };
            var original = (await EncodeAsync([medium], encoding, cancellationToken))[0];
            var own = score.Of(original.Encoded!);
            using var divided = await DivideAsync(medium, question, cancellationToken);
            var weighed = await WeighAsync(medium, divided, score, encoding, cancellationToken);
            return new ExplainedMedium(medium.ItemId, EncoderDirectory.RouteOf(medium.Item!), own, divided.Layout, weighed, original)
            {
                Drawn = question.Draws ? divided.Draw(weighed.Weights) : null,
            };
        }
        catch (SensoriumException error)
        {
            throw error.At(medium.ItemId, medium.Field);
        }
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

    private async Task<Weighed> WeighAsync(
        ReceivedMedia medium, IDividedMedium divided, IMediumScore score, EncodeBatch encoding, CancellationToken cancellationToken)
    {
        Mask[] ends = divided.CanHideAll ? [Mask.Nothing, Mask.Everything] : [Mask.Nothing];
        Mask[] masks = [.. ends, .. divided.Masks];
        var scores = new List<double>(masks.Length);
        var hits = 0;
        foreach (var some in masks.Chunk(options.Value.RunsAtOnce))
        {
            var altered = await Task.WhenAll(some.Select((mask, i) => AlterAsync(medium, divided, mask, scores.Count + i, cancellationToken)));
            var outcomes = await EncodeAsync(altered, encoding, cancellationToken);
            hits += outcomes.Count(outcome => outcome.CacheStatus is CacheStatus.HitMemory or CacheStatus.HitShared);
            scores.AddRange(outcomes.Select(outcome => score.Of(outcome.Encoded!)));
        }

        double? blank = divided.CanHideAll ? scores[1] : null;
        var weights = OcclusionWeights.Of(divided.Layout.Count, divided.Masks, scores[ends.Length..], scores[0], blank);
        return new Weighed(weights, blank, masks.Length, hits);
    }

    private Task<ReceivedMedia> AlterAsync(ReceivedMedia medium, IDividedMedium divided, Mask mask, int index, CancellationToken cancellationToken)
    {
        var id = $"{medium.ItemId}#{index}";
        return workers.Run(() => Task.FromResult(new ReceivedMedia(medium.ItemId, medium.Field) { Item = divided.Alter(id, mask) }), cancellationToken);
    }

    private async Task<EncodeOutcome[]> EncodeAsync(IReadOnlyList<ReceivedMedia> media, EncodeBatch encoding, CancellationToken cancellationToken)
    {
        var outcomes = await embedder.EmbedAsync(media, encoding, cancellationToken);
        return outcomes.FirstOrDefault(outcome => outcome.Error is not null)?.Error is { } error ? throw error : outcomes;
    }
}
