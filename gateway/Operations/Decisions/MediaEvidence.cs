using Sensorium.Core.Admission;
using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Core.Modalities;
using Sensorium.Gateway.Operations.Explanation;
using Sensorium.Gateway.Operations.Explanation.Scores;

namespace Sensorium.Gateway.Operations.Decisions;

/// <summary>Which cells of pictures, spans of sounds and clips, and words of texts carry an answer: what hiding them does to its log-odds.</summary>
internal sealed class MediaEvidence(MediumExplainer explainer)
{
    /// <param name="media">Of one case.</param>
    /// <param name="scoreOf">Null for a medium that has no part in the answer.</param>
    /// <param name="division">How finely.</param>
    /// <param name="encoding">By which models.</param>
    /// <param name="cancellationToken">Of the call.</param>
    /// <exception cref="Core.Errors.SensoriumException">A medium has too many parts, or cannot be divided.</exception>
    public async Task<IReadOnlyList<ExplainedMedium>> ExplainAsync(
        IReadOnlyList<EmbeddedMedium> media,
        Func<EmbeddedMedium, IMediumScore?> scoreOf,
        MediaDivision division,
        CaseEncoding encoding,
        CancellationToken cancellationToken)
    {
        var explained = new List<ExplainedMedium>();
        foreach (var medium in media)
        {
            if (scoreOf(medium) is not { } score)
            {
                continue;
            }

            // There are many altered media: they go after what people wait for.
            var template = encoding.Template with { Model = encoding.SelectorOf(medium.Modality), Priority = RequestPriority.Low };
            var question = new ExplainQuestion(new AnswerSubject(), division.Grid, division.Parts, division.Draws, template);
            explained.Add((await explainer.ExplainAsync(medium.Received, score, question, cancellationToken)).Explained);
        }

        return explained;
    }
}

/// <param name="Grid">Rows, and columns, of pictures; 0 leaves it to the settings.</param>
/// <param name="Parts">Of sounds and videos; 0 leaves it to the settings.</param>
/// <param name="Draws">Drawings are wanted, too.</param>
internal sealed record MediaDivision(int Grid, int Parts, bool Draws);

/// <summary>What an answer's log-odds become where one medium of the case is another.</summary>
/// <param name="medium">That is altered.</param>
/// <param name="media">All of the case.</param>
/// <param name="logOdds">Of the vectors of the media of the same modality.</param>
internal sealed class AnswerScore(
    EmbeddedMedium medium, IReadOnlyList<EmbeddedMedium> media, Func<IReadOnlyList<ReadOnlyMemory<float>>, double> logOdds) : IMediumScore
{
    public double Of(EncodedMedia altered) => logOdds([.. media
        .Where(other => other.Modality == medium.Modality)
        .Select(other => ReferenceEquals(other, medium) ? altered.Embedding : other.Encoded.Embedding)]);
}
