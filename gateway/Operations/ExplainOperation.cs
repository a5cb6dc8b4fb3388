using Microsoft.Extensions.Options;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Gateway.Encoding;
using Sensorium.Gateway.Intake;
using Sensorium.Gateway.Operations.Classification;
using Sensorium.Gateway.Operations.Explanation;
using Sensorium.Gateway.Operations.Explanation.Captions;
using Sensorium.Gateway.Operations.Explanation.Scores;

namespace Sensorium.Gateway.Operations;

/// <summary>Which parts of a medium carry a similarity, a label or a caption.</summary>
internal sealed class ExplainOperation(
    MediaIntake intake,
    Embedder embedder,
    EncoderDirectory encoders,
    OwnLabels own,
    MediumExplainer explainer,
    CaptionExplainer captions,
    IOptions<ClassifyOptions> classifying)
{
    /// <param name="input">Of the field "media".</param>
    /// <param name="question">What is asked about it.</param>
    /// <param name="cancellationToken">Of the call.</param>
    /// <exception cref="SensoriumException">The question is wrong, or anything of it cannot be embedded.</exception>
    public async Task<Explained> RunAsync(MediaInput input, ExplainQuestion question, CancellationToken cancellationToken)
    {
        ExplainRules.Check(question, classifying.Value.MaxSentences);
        await using var received = await intake.ReceiveAsync([input], "media", cancellationToken);
        received.ThrowIfAnyFailed();
        var medium = received.Media[0];
        return question.About switch
        {
            SimilaritySubject similarity => await ExplainSimilarityAsync(medium, similarity, question, cancellationToken),
            LabelSubject label => await ExplainLabelAsync(medium, label, question, cancellationToken),
            CaptionSubject caption => await captions.ExplainAsync(medium, caption, question, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(question)),
        };
    }

    private async Task<Explained> ExplainSimilarityAsync(
        ReceivedMedia medium, SimilaritySubject about, ExplainQuestion question, CancellationToken cancellationToken)
    {
        await using var received = await intake.ReceiveAsync([about.Other], "similar_to", cancellationToken);
        received.ThrowIfAnyFailed();
        var other = received.Media[0];
        var encoded = await EmbedAsync([other], question.Encoding, cancellationToken);
        var score = new SimilarityScore(encoded[0].Embedding, encoded[0].Model.SpaceId);
        var first = await explainer.ExplainAsync(medium, score, question, cancellationToken);
        if (!about.BothSides)
        {
            return Join([first], encoded);
        }

        var embedded = first.Original.Encoded!;
        var second = await explainer.ExplainAsync(other, new SimilarityScore(embedded.Embedding, embedded.Model.SpaceId), question, cancellationToken);
        return Join([first, second], encoded);
    }

    private async Task<Explained> ExplainLabelAsync(
        ReceivedMedia medium, LabelSubject about, ExplainQuestion question, CancellationToken cancellationToken)
    {
        if (about.Question.Labels.Count == 0)
        {
            var labels = await own.LabelsOfAsync(medium, about.Question, cancellationToken);
            var scoring = about.Question.Scoring ?? (labels.Independent ? Scoring.Independent : Scoring.Softmax);
            var label = ExplainRules.IndexOf(about.Label, labels.Names, scoring);
            return Join([await explainer.ExplainAsync(medium, new OwnLabelScore(labels.Names.Count, label, scoring), question, cancellationToken)], []);
        }

        var scale = await LabelScale.OfAsync(encoders, about.Question, classifying.Value, cancellationToken);
        var index = ExplainRules.IndexOf(about.Label, [.. about.Question.Labels.Select(label => label.Name)], scale.Scoring);
        var sentences = new LabelSentences(about.Question.Labels, about.Question.Templates);
        var encoded = await EmbedAsync(sentences.Media, question.Encoding, cancellationToken);
        var score = new WordedLabelScore(sentences.VectorsOf(encoded), index, scale, encoded[0].Model.SpaceId);
        return Join([await explainer.ExplainAsync(medium, score, question, cancellationToken)], encoded);
    }

    private async Task<EncodedMedia[]> EmbedAsync(IReadOnlyList<ReceivedMedia> media, EncodeBatch encoding, CancellationToken cancellationToken)
    {
        var outcomes = await embedder.EmbedAsync(media, encoding, cancellationToken);
        return [.. outcomes.Select(outcome => outcome.Encoded ?? throw outcome.Error!)];
    }

    private static Explained Join(IReadOnlyList<(ExplainedMedium Explained, EncodeOutcome Original)> media, IEnumerable<EncodedMedia> others)
    {
        var models = media.Select(medium => medium.Original.Encoded!.Model).Concat(others.Select(other => other.Model)).Distinct();
        var warnings = media.SelectMany(medium => medium.Original.Warnings.Select(warning => warning with { ItemId = medium.Explained.ItemId }));
        return new Explained([.. media.Select(medium => medium.Explained)], [.. models], [.. warnings]);
    }
}
