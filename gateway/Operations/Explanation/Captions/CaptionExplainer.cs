using Sensorium.Core.Errors;
using Sensorium.Core.Generation;
using Sensorium.Gateway.Encoding;
using Sensorium.Gateway.Intake;

namespace Sensorium.Gateway.Operations.Explanation.Captions;

/// <summary>
/// Which parts of a medium each token of its caption rests on: what hiding them does to the token's probability, after the same
/// tokens. Needs nothing of the decoder but probabilities.
/// </summary>
internal sealed class CaptionExplainer(ICaptionGenerator generator, MediumWeigher weigher)
{
    /// <param name="medium">As the intake gave it, good.</param>
    /// <param name="about">How the caption is made.</param>
    /// <param name="question">How finely, and how it is encoded.</param>
    /// <param name="cancellationToken">Of the call.</param>
    /// <exception cref="SensoriumException">There is no caption of the medium, or it cannot be divided.</exception>
    public async Task<Explained> ExplainAsync(
        ReceivedMedia medium, CaptionSubject about, ExplainQuestion question, CancellationToken cancellationToken)
    {
        var encoding = question.Encoding;
        var job = new CaptionJob(
            encoding.RequestId, [medium.Item!], null, about.Parameters, Model: encoding.Model, Cache: encoding.Cache, Priority: encoding.Priority, Deadline: encoding.Deadline);
        try
        {
            var caption = await SaidCaption.ReadAsync(generator, job, cancellationToken);
            if (caption.Tokens.Count == 0)
            {
                throw SensoriumException.Invalid(ErrorReasons.NotExplainable, "The caption is empty; there is nothing to explain.");
            }

            // Said again token by token, so that each comes with its own text, beams or not.
            job = job with { Parameters = new GenerationParameters { Temperature = 0, ForcedTokenIds = [.. caption.Tokens.Select(token => token.Id)] } };
            var again = await SaidCaption.ReadAsync(generator, job, cancellationToken);
            var weighed = await weigher.WeighAsync(medium, new CaptionScorer(generator, job), question, cancellationToken);
            var explained = new ExplainedMedium(medium.ItemId, EncoderDirectory.RouteOf(medium.Item!), again.Tokens.Sum(token => token.LogProb), weighed)
            {
                Tokens = again.Tokens,
            };
            return new Explained([explained], [caption.Finished.Model], caption.Started.Warnings) { Caption = caption.Finished.Text };
        }
        catch (SensoriumException error)
        {
            throw error.At(medium.ItemId, medium.Field);
        }
    }
}
