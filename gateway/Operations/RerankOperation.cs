using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Core.Models;
using Sensorium.Gateway.Encoding;
using Sensorium.Gateway.Intake;

namespace Sensorium.Gateway.Operations;

/// <summary>Orders texts by how well they answer a query.</summary>
internal sealed class RerankOperation(MediaIntake intake, Embedder embedder, EncoderDirectory encoders)
{
    /// <param name="question">What is asked.</param>
    /// <param name="template">Everything of the batches but their items.</param>
    /// <param name="cancellationToken">Of the call.</param>
    /// <exception cref="SensoriumException">The question is wrong, there is no such model, or a document cannot be scored.</exception>
    public async Task<Reranked> RunAsync(RerankQuestion question, EncodeBatch template, CancellationToken cancellationToken)
    {
        Check(question);
        var model = await FindAsync(template.Model, cancellationToken);
        MediaInput[] documents = [.. question.Documents.Select((text, i) => MediaInput.OfText($"documents[{i}]", text))];
        await using var media = await intake.ReceiveAsync(documents, "documents", cancellationToken);
        media.ThrowIfAnyFailed();
        var batch = template with
        {
            Model = new ModelSelector(model.Model.Id, null),
            WithFeatures = true,
            Text = new TextReading(PairedWith: question.Query, Truncate: question.Truncate),
        };
        var outcomes = await embedder.EmbedAsync(media.Media, batch, cancellationToken);
        var scores = outcomes.Select((outcome, i) => new RerankScore(i, (outcome.Encoded ?? throw outcome.Error!).Segments[0].Features!.Data.Span[0]));
        var best = scores.OrderByDescending(score => score.Logit).Take(question.TopN == 0 ? outcomes.Length : question.TopN);
        var warnings = outcomes.SelectMany((outcome, i) => outcome.Warnings.Select(warning => warning with { ItemId = $"documents[{i}]" }));
        return new Reranked([.. best], outcomes[0].Encoded!.Model, [.. warnings], outcomes.Sum(outcome => outcome.Usage.InputUnits));
    }

    // A model of one label scores a pair, and nothing else does.
    private async Task<EncoderDescription> FindAsync(ModelSelector? selector, CancellationToken cancellationToken)
    {
        var served = await encoders[Modality.Text].DescribeAsync(cancellationToken);
        var found = selector is null ? served.FindNamed(ModelTask.Rerank) ?? served.Models.FirstOrDefault(IsReranker) : served.Select(selector);
        return found switch
        {
            null => throw Missing(ErrorReasons.ModelNotServed, "No model that is served here reranks."),
            _ when !IsReranker(found) => throw Missing(ErrorReasons.TaskMismatch, $"Model '{found.Model.Id}' does not rerank: it gives no single score for a pair of texts."),
            _ => found,
        };

        static bool IsReranker(EncoderDescription model) => model.Labels is { Names.Count: 1 };
    }

    private static SensoriumException Missing(string reason, string message) => new(ErrorCode.FailedPrecondition, reason, message);

    private static void Check(RerankQuestion question)
    {
        var (field, fault) = question switch
        {
            { Query: var query } when string.IsNullOrWhiteSpace(query) => ("query", "is empty"),
            { Documents.Count: 0 } => ("documents", "is empty; give at least one"),
            { TopN: < 0 } => ("top_n", $"is {question.TopN}; it must not be negative"),
            _ => ("", ""),
        };
        if (field.Length > 0)
        {
            throw SensoriumException.Invalid(ErrorReasons.InvalidParameter, $"{field} {fault}.", field);
        }
    }
}

/// <param name="TopN">0 answers all.</param>
/// <param name="Truncate">Read the beginning of pairs that are too long.</param>
internal sealed record RerankQuestion(string Query, IReadOnlyList<string> Documents, int TopN, bool Truncate);

/// <param name="Scores">Best first.</param>
/// <param name="Model">That scored.</param>
/// <param name="Warnings">About documents.</param>
/// <param name="InputUnits">Tokens that the model read.</param>
internal sealed record Reranked(IReadOnlyList<RerankScore> Scores, ModelIdentity Model, IReadOnlyList<MediaWarning> Warnings, long InputUnits);

/// <param name="Index">Of the document.</param>
/// <param name="Logit">As the model gives it.</param>
internal readonly record struct RerankScore(int Index, float Logit)
{
    /// <summary>The sigmoid of the logit.</summary>
    public float Score => 1 / (1 + MathF.Exp(-Logit));
}
