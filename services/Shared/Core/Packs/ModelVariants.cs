namespace Sensorium.Core.Packs;

/// <summary>Number types of a graph's arithmetic, and the endings of the files that hold them.</summary>
public static class ModelVariants
{
    public const string SinglePrecision = "fp32";
    public const string HalfPrecision = "fp16";
    public const string EightBit = "int8";
    public const string UnsignedEightBit = "uint8";
    public const string Quantized = "q8";
    public const string FourBit = "q4";
    public const string FourBitHalf = "q4f16";
    public const string FourBitFloat = "bnb4";

    /// <summary>Of settings alone: what suits the model and the processor.</summary>
    public const string Automatic = "auto";

    private const string QuantizedEnding = "quantized";

    /// <summary>All names, best precision first.</summary>
    public static IReadOnlyList<string> All { get; } = [SinglePrecision, HalfPrecision, EightBit, UnsignedEightBit, Quantized, FourBit, FourBitHalf, FourBitFloat];

    /// <summary>What a setting may say.</summary>
    public static IReadOnlyList<string> Settings { get; } = [Automatic, .. All];

    /// <summary>"model" and "fp16" give "model_fp16.onnx"; the file without an ending is float32.</summary>
    public static string FileName(string graph, string variant) => variant switch
    {
        SinglePrecision => $"{graph}.onnx",
        Quantized => $"{graph}_{QuantizedEnding}.onnx",
        _ => $"{graph}_{variant}.onnx",
    };
}
