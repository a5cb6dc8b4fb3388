using Sensorium.Core.Batching;

namespace Sensorium.Core.Tensors;

/// <summary>A loaded graph. Runs never overlap.</summary>
public interface IGraphModel : IBatchProcessor<GraphInput, IReadOnlyList<Tensor>>, IDisposable
{
    /// <summary>Without aliases.</summary>
    GraphDescription Description { get; }
}

/// <summary>One request as the graph reads it.</summary>
/// <param name="Inputs">One for each input of the graph, in its order.</param>
/// <param name="Outputs">Names of those that are wanted.</param>
public sealed record GraphInput(IReadOnlyList<Tensor> Inputs, IReadOnlyList<string> Outputs)
{
    /// <summary>The first size of all inputs, where the graph joins requests along it.</summary>
    public long Rows => Inputs[0].Shape[0];
}
