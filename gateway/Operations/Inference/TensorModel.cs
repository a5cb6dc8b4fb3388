using Sensorium.Core.Tensors;
using Sensorium.Gateway.Operations.Inference.Media;

namespace Sensorium.Gateway.Operations.Inference;

/// <summary>A model as callers see it who speak of tensors.</summary>
/// <param name="Platform">What runs it, as Triton names it.</param>
/// <param name="MaxBatchRows">Most rows of one run, of however many requests; 0 if requests are not joined along their first dimension.</param>
internal sealed record TensorModel(
    string Id, string Version, string Platform, IReadOnlyList<TensorPort> Inputs, IReadOnlyList<TensorPort> Outputs, int MaxBatchRows)
{
    /// <summary>Null unless it is a bare graph.</summary>
    public GraphDescription? Graph { get; init; }

    /// <summary>Null if it is a bare graph.</summary>
    public ServedModel? Served { get; init; }

    /// <summary>What it does with media, the first first; empty for a bare graph.</summary>
    public IReadOnlyList<MediaTask> Tasks { get; init; } = [];

    /// <summary>It answers piece by piece where that is asked for.</summary>
    public bool IsPiecewise => Tasks.Any(task => task.IsPiecewise);
}
