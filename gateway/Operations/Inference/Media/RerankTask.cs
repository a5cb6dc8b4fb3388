using Sensorium.Core.Errors;
using Sensorium.Core.Models;
using Sensorium.Core.Tensors;

namespace Sensorium.Gateway.Operations.Inference.Media;

/// <summary>How well each text answers one query.</summary>
internal sealed class RerankTask(RerankOperation rerank) : MediaTask
{
    private const string Query = "query";
    private const string Score = "score";

    public override ModelTask Task => ModelTask.Rerank;

    public override IReadOnlyList<TensorPort> Outputs { get; } = [new(Score, TensorType.Float32, [-1], [""])];

    public override IReadOnlyList<TensorPort> InputsOf(ServedModel model) => [Port(Query), Port(MediaTensors.Text)];

    public override async Task<IReadOnlyList<Tensor>> RunAsync(ServedModel model, InferCall call, CancellationToken cancellationToken)
    {
        var inputs = InputsOf(model);
        var texts = MediaTensors.ReadTexts(call, MediaTensors.Text, inputs) ?? [];
        if (MediaTensors.ReadTexts(call, Query, inputs) is not [var query])
        {
            throw SensoriumException.Invalid(ErrorReasons.InvalidTensor, $"The input '{Query}' must be there, with one element.", Query);
        }

        var question = new RerankQuestion(query, texts, TopN: 0, Truncate: call.Parameters.FindFlag("truncate"));
        var ranked = await rerank.RunAsync(question, BatchOf(model, call), cancellationToken);
        return [MediaTensors.OfFloats(Score, [.. ranked.Scores.OrderBy(score => score.Index).Select(score => score.Score)], ranked.Scores.Count)];
    }
}
