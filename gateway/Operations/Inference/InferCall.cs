using Sensorium.Core.Tensors;

namespace Sensorium.Gateway.Operations.Inference;

/// <summary>One request of any model, in tensors.</summary>
/// <param name="Model">Id or alias.</param>
/// <param name="Version">Empty for the one that there is.</param>
/// <param name="Outputs">Names of those that are wanted; empty for those of the model's first task.</param>
/// <param name="Deadline">When the caller gives up; null if it did not say.</param>
internal sealed record InferCall(
    string Model,
    string Version,
    IReadOnlyList<Tensor> Inputs,
    IReadOnlyList<string> Outputs,
    InferParameters Parameters,
    string RequestId,
    DateTimeOffset? Deadline)
{
    /// <summary>Outputs of which only that many elements are wanted, the greatest first and named by their places.</summary>
    public IReadOnlyDictionary<string, int> Classes { get; init; } = new Dictionary<string, int>();
}

/// <param name="Model">Its id.</param>
internal sealed record InferAnswer(string Model, string Version, IReadOnlyList<Tensor> Outputs)
{
    /// <summary>Nothing comes after it; false for a piece, which may be the last and cannot know it.</summary>
    public bool IsFinal { get; init; } = true;
}
