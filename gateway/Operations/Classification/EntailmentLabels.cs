using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Core.Models;
using Sensorium.Gateway.Encoding;
using Sensorium.Gateway.Intake;

namespace Sensorium.Gateway.Operations.Classification;

/// <summary>
/// Classification of texts by a model that tells whether one text follows from another: each label, put into a sentence, is the second
/// text. Labels that exclude each other are compared by how well they follow; each for itself, by whether it follows or is contradicted.
/// </summary>
internal sealed class EntailmentLabels(Embedder embedder, EncoderDirectory encoders)
{
    private const string UsualTemplate = "This example is {}.";

    /// <summary>The model that is asked for, if it is of this kind.</summary>
    public async ValueTask<EncoderDescription?> FindAsync(IReadOnlyList<ReceivedMedia> media, ModelSelector? selector, CancellationToken cancellationToken)
    {
        var served = await encoders[Modality.Text].DescribeAsync(cancellationToken);

        // The one that the settings name is not asked about pictures and sounds.
        var named = selector is null && media.All(medium => medium.Item is { Source: TextSource }) ? served.FindNamed(ModelTask.Classify) : null;
        return (named ?? served.Find(selector)) is { Labels: { } labels } model && Verdicts.Of(labels) is not null ? model : null;
    }

    /// <exception cref="SensoriumException">The question asks for what only similarities have, or for too many pairs.</exception>
    public async Task<Classified> ClassifyAsync(
        IReadOnlyList<ReceivedMedia> media, ClassifyQuestion question, EncoderDescription model, int maxSentences, CancellationToken cancellationToken)
    {
        var sentences = new LabelSentences(question.Labels, question.Templates.Count == 0 ? [UsualTemplate] : question.Templates);
        Check(question, media.Count * sentences.Media.Count, maxSentences);
        var results = new List<ClassifiedItem>();
        foreach (var medium in media)
        {
            results.Add(await ClassifyAsync(medium, sentences, question, model, cancellationToken));
        }

        return new Classified(results, model.Model.SpaceId, [model.Model], []);
    }

    private async Task<ClassifiedItem> ClassifyAsync(
        ReceivedMedia medium, LabelSentences sentences, ClassifyQuestion question, EncoderDescription model, CancellationToken cancellationToken)
    {
        if (medium.Error is not null || medium.Item is not { Source: TextSource { Text: var premise } })
        {
            var error = medium.Error ?? SensoriumException.Invalid(
                ErrorReasons.ModalityMismatch, $"{medium.Field} is no text of the request; this model compares labels with such texts alone.", medium.Field);
            return new ClassifiedItem(EncodeOutcome.Failed(medium.ItemId, error), [], NoneOfThese: false);
        }

        var batch = question.Encoding with { Model = new ModelSelector(model.Model.Id, null), WithFeatures = true, Text = new TextReading(PairedWith: premise, Truncate: true) };
        var outcomes = await embedder.EmbedAsync(sentences.Media, batch, cancellationToken);
        if (Array.Find(outcomes, outcome => outcome.Error is not null) is { Error: { } failure })
        {
            return new ClassifiedItem(EncodeOutcome.Failed(medium.ItemId, failure), [], NoneOfThese: false);
        }

        var verdicts = Verdicts.Of(model.Labels!)!.Value;
        float[] scores = Scores([.. sentences.OfLabels.Select(own => verdicts.MeanOf(own.Select(place => outcomes[place])))], question.Scoring);
        var best = question.Labels.Select((label, i) => new LabelScore(label.Name, scores[i], Similarity: 0))
            .OrderByDescending(label => label.Score)
            .Take(question.TopK == 0 ? scores.Length : question.TopK);
        var warnings = outcomes.SelectMany(outcome => outcome.Warnings).DistinctBy(warning => warning.Reason).Select(warning => warning with { ItemId = medium.ItemId });
        return new ClassifiedItem(outcomes[0] with { ItemId = medium.ItemId, Warnings = [.. warnings] }, [.. best], NoneOfThese: false);
    }

    // A single label excludes nothing.
    private static float[] Scores((float For, float Against)[] labels, Scoring? scoring) => scoring == Scoring.Independent || labels.Length == 1
        ? [.. labels.Select(label => 1 / (1 + MathF.Exp(label.Against - label.For)))]
        : LabelScorer.Scores([.. labels.Select(label => label.For)], Scoring.Softmax, scale: 1, bias: 0);

    private static void Check(ClassifyQuestion question, int pairs, int maxSentences)
    {
        if (question is not { NoneThreshold: null, LogitScale: null, LogitBias: null })
        {
            throw SensoriumException.Invalid(
                ErrorReasons.InvalidParameter, "none_threshold, logit_scale and logit_bias are for models that compare vectors; this one compares texts.", "labels");
        }

        if (pairs > maxSentences)
        {
            throw SensoriumException.Invalid(
                ErrorReasons.InvalidParameter, $"items, labels and templates make {pairs} pairs of texts; at most {maxSentences} are allowed in one request.", "items");
        }
    }

    /// <summary>Where the logits of two verdicts stand.</summary>
    private readonly record struct Verdicts(int Follows, int Contradicts)
    {
        private const string Entailment = "entailment";
        private static readonly string[] Opposites = ["contradiction", "not_entailment"];

        /// <summary>Null if the labels are no verdicts.</summary>
        public static Verdicts? Of(ModelLabels labels)
        {
            string[] names = [.. labels.Names.Select(name => name.ToLowerInvariant())];
            var opposite = Array.FindIndex(names, name => Opposites.Contains(name));
            return Array.IndexOf(names, Entailment) is var follows and >= 0 && opposite >= 0 ? new Verdicts(follows, opposite) : null;
        }

        public (float For, float Against) MeanOf(IEnumerable<EncodeOutcome> sentences)
        {
            var (follows, contradicts, count) = (0f, 0f, 0);
            foreach (var sentence in sentences)
            {
                var logits = sentence.Encoded!.Segments[0].Features!.Data.Span;
                (follows, contradicts, count) = (follows + logits[Follows], contradicts + logits[Contradicts], count + 1);
            }

            return (follows / count, contradicts / count);
        }
    }
}
