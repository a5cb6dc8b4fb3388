using Sensorium.Core.Encoding;
using Sensorium.Core.Models;
using Sensorium.Core.Tenancy;

namespace Sensorium.Core.Tensors;

/// <summary>Runs bare graphs. Implemented by the engine in this process and by the client of a remote one.</summary>
public interface IGraphInference
{
    /// <summary>All graphs that are served. Throws UNAVAILABLE if the service cannot be asked and has never answered.</summary>
    ValueTask<ServedModels<GraphDescription>> DescribeAsync(CancellationToken cancellationToken);

    /// <exception cref="Errors.SensoriumException">INVALID_ARGUMENT: the tensors are not those that the graph takes, or it fails on them.</exception>
    Task<InferResult> InferAsync(InferJob job, CancellationToken cancellationToken);
}

/// <summary>One request of a graph.</summary>
/// <param name="Outputs">Names of those that are wanted; empty for all.</param>
/// <param name="Deadline">When the caller gives up; null if it did not say.</param>
public sealed record InferJob(string RequestId, ModelSelector? Model, IReadOnlyList<Tensor> Inputs, IReadOnlyList<string> Outputs, DateTimeOffset? Deadline = null)
{
    /// <summary>Whom it is for; null until that is told.</summary>
    public Tenant? Tenant { get; init; }
}

/// <param name="Outputs">In the order in which they were asked for, or in that of the graph.</param>
public sealed record InferResult(IReadOnlyList<Tensor> Outputs, ModelIdentity Model, EncodeTiming Timing);
