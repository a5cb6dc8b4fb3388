namespace Sensorium.Core.Tensors;

/// <summary>An input or output of a graph.</summary>
/// <param name="Shape">-1 where the size is open.</param>
/// <param name="Sizes">What the graph calls each size; empty where it has no name for it.</param>
public sealed record TensorPort(string Name, TensorType Type, IReadOnlyList<long> Shape, IReadOnlyList<string> Sizes)
{
    /// <summary>As "INPUT0 INT32 [batch, 16]".</summary>
    public override string ToString() => $"{Name} {TensorTypes.NameOf(Type)} [{string.Join(", ", Shape.Select(TextOf))}]";

    private string TextOf(long size, int axis) => size >= 0 ? $"{size}" : Sizes[axis].Length > 0 ? Sizes[axis] : "any";
}
