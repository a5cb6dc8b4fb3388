using Microsoft.Extensions.Options;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Gateway.Encoding;
using Sensorium.Gateway.Intake;
using Sensorium.Gateway.Operations.Classification;

namespace Sensorium.Gateway.Operations;

/// <summary>
/// Compares media with labels in words, through the space that both are embedded in or by a model that was trained to compare texts, or
/// scores the labels that a model has of its own. Items fail one by one.
/// </summary>
internal sealed class ClassifyOperation(
    MediaIntake intake, Embedder embedder, EncoderDirectory encoders, OwnLabels own, EntailmentLabels entailment, IOptions<ClassifyOptions> options)
{
    /// <param name="items">Of the field "items".</param>
    /// <param name="question">The labels, and how they are scored.</param>
    /// <param name="cancellationToken">Of the call.</param>
    /// <exception cref="SensoriumException">The question is wrong, or its labels cannot be embedded.</exception>
    public async Task<Classified> RunAsync(
        IReadOnlyList<MediaInput> items, ClassifyQuestion question, CancellationToken cancellationToken)
    {
        QuestionRules.Check(question, options.Value.MaxSentences);
        await using var media = await intake.ReceiveAsync(items, "items", cancellationToken);
        if (question.Labels.Count == 0)
        {
            return await own.ClassifyAsync(media.Media, question, cancellationToken);
        }

        if (await entailment.FindAsync(media.Media, question.Encoding.Model, cancellationToken) is { } model)
        {
            return await entailment.ClassifyAsync(media.Media, question, model, options.Value.MaxSentences, cancellationToken);
        }

        var scale = await LabelScale.OfAsync(encoders, question, options.Value, cancellationToken);
        QuestionRules.CheckAlternatives(question, scale.Scoring);
        var sentences = new LabelSentences(question.Labels, question.Templates);
        var said = embedder.EmbedAsync(sentences.Media, question.Encoding, cancellationToken);
        var outcomes = embedder.EmbedAsync(media.Media, question.Encoding, cancellationToken);
        await Task.WhenAll(said, outcomes);
        return Classify(question, sentences, scale, await said, await outcomes);
    }

    private static Classified Classify(ClassifyQuestion question, LabelSentences sentences, LabelScale scale, EncodeOutcome[] said, EncodeOutcome[] items)
    {
        var encoded = said.Select(sentence => sentence.Encoded ?? throw sentence.Error!).ToArray();
        var vectors = sentences.VectorsOf(encoded);
        var space = encoded[0].Model.SpaceId;
        var results = items.Select(item => Classify(CheckSpace(item, space), question, scale, vectors)).ToArray();
        var models = encoded.Select(sentence => sentence.Model)
            .Concat(results.Select(result => result.Encoding.Encoded?.Model).OfType<ModelIdentity>())
            .Distinct();
        var warnings = said.SelectMany((sentence, i) =>
            sentence.Warnings.Select(warning => warning with { ItemId = sentences.Media[i].Field }));
        return new Classified(results, space, [.. models], [.. warnings]);
    }

    private static ClassifiedItem Classify(EncodeOutcome item, ClassifyQuestion question, LabelScale scale, float[][] labels)
    {
        if (item.Encoded is not { } encoded)
        {
            return new ClassifiedItem(item, [], NoneOfThese: false);
        }

        var similarities = LabelScorer.Similarities(encoded.Embedding, labels);
        var scores = LabelScorer.Scores(similarities, scale.Scoring, scale.Scale, scale.Bias);
        var best = question.Labels
            .Select((label, i) => new LabelScore(label.Name, scores[i], similarities[i]))
            .OrderByDescending(label => label.Similarity)
            .Take(question.TopK == 0 ? labels.Length : question.TopK);
        return new ClassifiedItem(item, [.. best], question.NoneThreshold is { } threshold && similarities.Max() < threshold);
    }

    private static EncodeOutcome CheckSpace(EncodeOutcome item, string space)
    {
        try
        {
            Spaces.Check(space, item.Encoded?.Model.SpaceId ?? space);
            return item;
        }
        catch (SensoriumException error)
        {
            return EncodeOutcome.Failed(item.ItemId, error.At(item.ItemId, "items"));
        }
    }
}
