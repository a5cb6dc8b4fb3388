using Microsoft.ML.OnnxRuntime.Tensors;

namespace Sensorium.Onnx.Sessions;

/// <summary>An input or output as the graph declares it.</summary>
/// <param name="Dimensions">-1 where the graph leaves the size open.</param>
public sealed record TensorSpec(string Name, TensorElementType Type, IReadOnlyList<int> Dimensions)
{
    public int Rank => Dimensions.Count;

    /// <summary>As "pixel_values Float [?, 3, 128, 128]".</summary>
    public override string ToString() =>
        $"{Name} {Type} [{string.Join(", ", Dimensions.Select(size => size < 0 ? "?" : size.ToString(System.Globalization.CultureInfo.InvariantCulture)))}]";
}
