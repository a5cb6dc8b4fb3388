namespace Sensorium.Core.Models.Running;

/// <summary>A graph as its file declares it.</summary>
/// <param name="Name">Without its ending, as "text_model".</param>
/// <param name="Variant">The number type of the one that was read.</param>
/// <param name="Variants">All that are there.</param>
/// <param name="SizeBytes">Of the one that was read, its external data included.</param>
/// <param name="Inputs">None for a file that ends early.</param>
/// <param name="Outputs">None for a file that ends early.</param>
public sealed record GraphFacts(
    string Name,
    string Variant,
    IReadOnlyList<string> Variants,
    long SizeBytes,
    IReadOnlyList<TensorFacts> Inputs,
    IReadOnlyList<TensorFacts> Outputs);

/// <param name="Type">As "float32".</param>
/// <param name="Dimensions">A number, or the name of a size that the graph leaves open; "?" if it has none.</param>
public sealed record TensorFacts(string Name, string Type, IReadOnlyList<string> Dimensions);
