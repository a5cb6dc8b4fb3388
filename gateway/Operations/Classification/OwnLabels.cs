using System.Numerics.Tensors;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Models;
using Sensorium.Gateway.Encoding;
using Sensorium.Gateway.Intake;

namespace Sensorium.Gateway.Operations.Classification;

/// <summary>Classification by the labels that a model was trained on. Logits of several segments of a medium are averaged.</summary>
internal sealed class OwnLabels(Embedder embedder, EncoderDirectory encoders)
{
    /// <exception cref="SensoriumException">INVALID_PARAMETER: a medium's model has no labels of its own.</exception>
    public async Task<Classified> ClassifyAsync(IReadOnlyList<ReceivedMedia> media, ClassifyQuestion question, CancellationToken cancellationToken)
    {
        question = question with { Encoding = question.Encoding with { Model = question.Encoding.Model ?? await FindNamedAsync(media, cancellationToken) } };
        var labels = new ModelLabels?[media.Count];
        for (var i = 0; i < media.Count; i++)
        {
            labels[i] = media[i].Item is null ? null : await LabelsOfAsync(media[i], question, cancellationToken);
        }

        var outcomes = await embedder.EmbedAsync(media, question.Encoding with { WithFeatures = true }, cancellationToken);
        var models = outcomes.Select(outcome => outcome.Encoded?.Model).OfType<ModelIdentity>().Distinct().ToArray();
        var results = outcomes.Select((outcome, i) => new ClassifiedItem(outcome, Scores(outcome, labels[i], question), NoneOfThese: false));
        return new Classified([.. results], models.FirstOrDefault()?.SpaceId ?? "", models, []);
    }

    /// <exception cref="SensoriumException">INVALID_PARAMETER: the medium's model has no labels of its own.</exception>
    public async ValueTask<ModelLabels> LabelsOfAsync(ReceivedMedia medium, ClassifyQuestion question, CancellationToken cancellationToken)
    {
        var encoder = encoders[EncoderDirectory.RouteOf(medium.Item!)];
        var served = await encoder.DescribeAsync(cancellationToken);
        var model = (question.Encoding.Model is null ? served.FindNamed(ModelTask.Classify) : null) ?? served.Select(question.Encoding.Model);
        return model.Labels ?? throw SensoriumException.Invalid(
            ErrorReasons.InvalidParameter,
            $"labels is empty, and model '{model.Model.Id}' has none of its own for {medium.Field}; give at least one label.",
            "labels");
    }

    // The settings name one model for all media.
    private async ValueTask<ModelSelector?> FindNamedAsync(IEnumerable<ReceivedMedia> media, CancellationToken cancellationToken)
    {
        foreach (var route in media.Where(medium => medium.Item is not null).Select(medium => EncoderDirectory.RouteOf(medium.Item!)).Distinct())
        {
            if ((await encoders[route].DescribeAsync(cancellationToken)).FindNamed(ModelTask.Classify) is { } named)
            {
                return new ModelSelector(named.Model.Id, null);
            }
        }

        return null;
    }

    private static LabelScore[] Scores(EncodeOutcome outcome, ModelLabels? labels, ClassifyQuestion question)
    {
        if (outcome.Encoded is not { } encoded || labels is null)
        {
            return [];
        }

        var logits = Logits(encoded, labels.Names.Count);
        var scores = LabelScorer.Scores(logits, question.Scoring ?? (labels.Independent ? Scoring.Independent : Scoring.Softmax), scale: 1, bias: 0);
        return
        [
            .. labels.Names.Select((name, i) => new LabelScore(name, scores[i], Similarity: 0))
                .OrderByDescending(label => label.Score)
                .Take(question.TopK == 0 ? scores.Length : question.TopK),
        ];
    }

    /// <summary>The mean over the segments of a medium that was encoded with features.</summary>
    public static float[] Logits(EncodedMedia medium, int labels)
    {
        var logits = new float[labels];
        foreach (var segment in medium.Segments)
        {
            TensorPrimitives.Add(logits, segment.Features!.Data.Span, logits);
        }

        TensorPrimitives.Divide(logits, medium.Segments.Count, logits);
        return logits;
    }
}
