using Sensorium.Core.Packs;

namespace Sensorium.Onnx.Quantizing;

/// <summary>How a graph is brought to eight bits.</summary>
public enum QuantizationMethod
{
    /// <summary>Weights and what is multiplied with them, at scales that are found beforehand: less time where the processor has products of bytes.</summary>
    Static,

    /// <summary>Weights alone: a quarter of the memory.</summary>
    Weights,
}

/// <summary>One row for each method.</summary>
public static class QuantizationMethods
{
    private static readonly (QuantizationMethod Method, string Name, string Variant)[] Rows =
    [
        (QuantizationMethod.Static, "static", ModelVariants.EightBit),
        (QuantizationMethod.Weights, "weights", ModelVariants.Quantized),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. Rows.Select(row => row.Name)];

    /// <summary>By its name; null if there is none.</summary>
    public static QuantizationMethod? Find(string name) =>
        Rows.Where(row => row.Name == name).Select(row => (QuantizationMethod?)row.Method).FirstOrDefault();

    /// <summary>As <see cref="ModelVariants"/> names what it makes.</summary>
    public static string VariantOf(QuantizationMethod method) => Rows.First(row => row.Method == method).Variant;
}
