using Sensorium.Core.Encoding;
using Sensorium.Core.Models;

namespace Sensorium.Core.Tensors;

/// <summary>What a bare graph takes and gives.</summary>
/// <param name="Version">Of the folder that the graph lies in; "1" where it has none.</param>
/// <param name="MaxBatchRows">Most rows of one run, of however many requests; 0 if each request runs by itself.</param>
/// <param name="LimitsRequests">No request may have more rows than one run.</param>
public sealed record GraphDescription(
    ModelIdentity Model,
    string Version,
    IReadOnlyList<TensorPort> Inputs,
    IReadOnlyList<TensorPort> Outputs,
    int MaxBatchRows,
    bool LimitsRequests) : IModelDescription
{
    public IReadOnlyList<string> Aliases { get; init; } = [];

    public bool JoinsRows => MaxBatchRows > 0;

    /// <summary>How much a request asks for: its rows where requests are joined along them, else 1.</summary>
    public long RowsOf(IReadOnlyList<Tensor> inputs) =>
        JoinsRows && inputs.Count > 0 && inputs[0].Shape.Count > 0 ? Math.Max(1, inputs[0].Shape[0]) : 1;
}
