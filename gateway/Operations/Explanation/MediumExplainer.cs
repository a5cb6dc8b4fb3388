using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Gateway.Encoding;
using Sensorium.Gateway.Intake;
using Sensorium.Gateway.Operations.Explanation.Scores;

namespace Sensorium.Gateway.Operations.Explanation;

/// <summary>Explains whatever score an encoded medium has, of whatever model.</summary>
internal sealed class MediumExplainer(Embedder embedder, MediumWeigher weigher)
{
    /// <param name="medium">As the intake gave it, good.</param>
    /// <param name="score">What its parts carry.</param>
    /// <param name="question">How finely, and how it is encoded.</param>
    /// <param name="cancellationToken">Of the call.</param>
    /// <exception cref="SensoriumException">The medium cannot be encoded or divided, or has too many parts.</exception>
    public async Task<(ExplainedMedium Explained, EncodeOutcome Original)> ExplainAsync(
        ReceivedMedia medium, IMediumScore score, ExplainQuestion question, CancellationToken cancellationToken)
    {
        try
        {
            var scorer = new EmbeddingScorer(embedder, score, question.Encoding);
            var original = (await scorer.EncodeAsync([medium], cancellationToken))[0];
            var own = score.Of(original.Encoded!);
            var weighed = await weigher.WeighAsync(medium, scorer, question, cancellationToken);
            return (new ExplainedMedium(medium.ItemId, EncoderDirectory.RouteOf(medium.Item!), own, weighed), original);
        }
        catch (SensoriumException error)
        {
            throw error.At(medium.ItemId, medium.Field);
        }
    }
}
