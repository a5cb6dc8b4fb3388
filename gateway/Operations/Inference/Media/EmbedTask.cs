using Sensorium.Core.Models;
using Sensorium.Core.Tensors;

namespace Sensorium.Gateway.Operations.Inference.Media;

/// <summary>Media to vectors, a row for each.</summary>
internal sealed class EmbedTask(EmbedOperation embed, MediaTensors tensors) : MediaTask
{
    private const string Embedding = "embedding";

    public override ModelTask Task => ModelTask.Embed;

    public override IReadOnlyList<TensorPort> Outputs { get; } = [new(Embedding, TensorType.Float32, [-1, -1], ["", ""])];

    public override async Task<IReadOnlyList<Tensor>> RunAsync(ServedModel model, InferCall call, CancellationToken cancellationToken)
    {
        var media = tensors.Read(call, InputsOf(model));
        var dimensions = call.Parameters.FindCount("dimensions", 1) ?? 0;
        var embedded = await embed.RunAsync(media, BatchOf(model, call), "inputs", cancellationToken, dimensions, "parameters.dimensions");
        float[][] vectors = [.. embedded.Outcomes.Select(outcome => (outcome.Encoded ?? throw outcome.Error!).Embedding.ToArray())];
        return [MediaTensors.OfFloats(Embedding, [.. vectors.SelectMany(vector => vector)], vectors.Length, vectors[0].Length)];
    }
}
