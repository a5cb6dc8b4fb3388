using Sensorium.Core.Models;
using Sensorium.Core.Tensors;
using Sensorium.Gateway.Operations.Classification;

namespace Sensorium.Gateway.Operations.Inference.Media;

/// <summary>Media to the model's own labels, the best first, a row for each medium.</summary>
internal sealed class ClassifyTask(ClassifyOperation classify, MediaTensors tensors) : MediaTask
{
    public const string Label = "label";
    private const string Score = "score";

    public override ModelTask Task => ModelTask.Classify;

    public override IReadOnlyList<TensorPort> Outputs { get; } =
        [new(Label, TensorType.Bytes, [-1, -1], ["", ""]), new(Score, TensorType.Float32, [-1, -1], ["", ""])];

    public override async Task<IReadOnlyList<Tensor>> RunAsync(ServedModel model, InferCall call, CancellationToken cancellationToken)
    {
        var topK = call.Parameters.FindCount("top_k", 1) ?? 0;
        var question = new ClassifyQuestion([], [], null, null, null, null, topK, BatchOf(model, call));
        var classified = await classify.RunAsync(tensors.Read(call, InputsOf(model)), question, cancellationToken);
        LabelScore[][] rows = [.. classified.Results.Select(item => item.Encoding.Error is { } error ? throw error : item.Scores.ToArray())];
        return
        [
            MediaTensors.OfTexts(Label, [.. rows.SelectMany(row => row.Select(score => score.Label))], rows.Length, rows[0].Length),
            MediaTensors.OfFloats(Score, [.. rows.SelectMany(row => row.Select(score => score.Score))], rows.Length, rows[0].Length),
        ];
    }
}
