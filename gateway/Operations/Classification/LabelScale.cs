using Sensorium.Core.Media;
using Sensorium.Gateway.Encoding;

namespace Sensorium.Gateway.Operations.Classification;

/// <summary>How similarities become scores.</summary>
internal readonly record struct LabelScale(Scoring Scoring, float Scale, float Bias)
{
    /// <summary>What the question says, else what the model was trained with, else the setting. The texts' encoder knows what both halves of its model were trained with.</summary>
    public static async ValueTask<LabelScale> OfAsync(
        EncoderDirectory encoders, ClassifyQuestion question, ClassifyOptions options, CancellationToken cancellationToken)
    {
        var trained = (await encoders[Modality.Text].DescribeAsync(cancellationToken)).Select(question.Encoding.Model).Similarity;
        return new LabelScale(
            question.Scoring ?? (trained?.Bias is null ? Scoring.Softmax : Scoring.Independent),
            question.LogitScale ?? trained?.Scale ?? (float)options.LogitScale,
            question.LogitBias ?? trained?.Bias ?? (float)options.LogitBias);
    }
}
