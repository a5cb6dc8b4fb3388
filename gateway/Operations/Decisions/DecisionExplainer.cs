using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Core.Modalities;
using Sensorium.Deciders.Deciding;
using Sensorium.Gateway.Operations.Explanation;

namespace Sensorium.Gateway.Operations.Decisions;

/// <summary>Adds to a case that is decided which parts of its media carry each answer. A failure is that of the case.</summary>
internal sealed class DecisionExplainer(MediaEvidence evidence)
{
    /// <param name="outcome">Of the case, with its answers.</param>
    /// <param name="embedded">The same case.</param>
    /// <param name="decider">That has answered.</param>
    /// <param name="division">How finely.</param>
    /// <param name="encoding">By which models.</param>
    /// <param name="cancellationToken">Of the call.</param>
    public Task<CaseOutcome> ByDeciderAsync(
        CaseOutcome outcome, EmbeddedCase embedded, Decider decider, MediaDivision division, CaseEncoding encoding, CancellationToken cancellationToken) =>
        ExplainAsync(outcome, embedded.Media, (answer, _, medium) => ScoreOf(decider, answer, embedded, medium), division, encoding, cancellationToken);

    /// <inheritdoc cref="ByDeciderAsync"/>
    /// <param name="asked">The words that have answered.</param>
    public Task<CaseOutcome> ByWordsAsync(
        CaseOutcome outcome, EmbeddedCase embedded, ZeroShot asked, MediaDivision division, CaseEncoding encoding, CancellationToken cancellationToken) =>
        ExplainAsync(outcome, embedded.Media, (answer, place, medium) => ScoreOf(asked, answer, place, embedded.Media, medium), division, encoding, cancellationToken);

    // Words of notes have weights of their own, which are exact.
    private static AnswerScore? ScoreOf(Decider decider, Answer answer, EmbeddedCase embedded, EmbeddedMedium medium)
    {
        var (given, part) = (embedded.Case!, ModalityTable.Of(medium.Modality).Name);
        return medium.Modality == Modality.Text || !decider.Reads(answer, part) ? null : new AnswerScore(
            medium,
            embedded.Media,
            vectors => decider.LogOdds(given with { Vectors = new Dictionary<string, float[]>(given.Vectors, StringComparer.Ordinal) { [part] = CaseVector.Of(vectors) } }, answer));
    }

    // Media of all modalities count as one mean.
    private static AnswerScore ScoreOf(ZeroShot asked, Answer answer, int place, IReadOnlyList<EmbeddedMedium> media, EmbeddedMedium medium)
    {
        ReadOnlyMemory<float>[] others = [.. media.Where(other => other.Modality != medium.Modality).Select(other => other.Encoded.Embedding)];
        return new AnswerScore(medium, media, vectors => asked.LogOdds(answer, place, [.. others, .. vectors]));
    }

    private async Task<CaseOutcome> ExplainAsync(
        CaseOutcome outcome,
        IReadOnlyList<EmbeddedMedium> media,
        Func<Answer, int, EmbeddedMedium, AnswerScore?> scoreOf,
        MediaDivision division,
        CaseEncoding encoding,
        CancellationToken cancellationToken)
    {
        var explained = new List<IReadOnlyList<ExplainedMedium>>();
        try
        {
            foreach (var (place, answer) in outcome.Answers.Index())
            {
                explained.Add(await evidence.ExplainAsync(media, medium => scoreOf(answer, place, medium), division, encoding, cancellationToken));
            }
        }
        catch (SensoriumException error)
        {
            return new CaseOutcome(outcome.Id, [], error, outcome.Warnings);
        }

        return outcome with { Explained = explained };
    }
}
