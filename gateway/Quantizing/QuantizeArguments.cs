using System.Globalization;
using Sensorium.Onnx.Quantizing;

namespace Sensorium.Gateway.Quantizing;

/// <summary>What is to be quantised, as the command line says it: names and values in turn, after the folder.</summary>
/// <param name="Folder">Of the model.</param>
internal sealed record QuantizeArguments(string Folder)
{
    public IReadOnlyList<string> Media { get; private init; } = [];

    public IReadOnlyList<QuantizationMethod> Methods { get; private init; } = [];

    /// <summary>Where the graphs are written, in folders as those of the model; empty means beside the graphs they are made of.</summary>
    public string Target { get; private init; } = "";

    /// <summary>Least mean cosine to single precision of what is written.</summary>
    public double LeastCosine { get; private init; } = 0.98;

    /// <exception cref="FormatException">A name or a value that nobody knows.</exception>
    public static QuantizeArguments Parse(string folder, IReadOnlyList<string> arguments)
    {
        var read = new QuantizeArguments(folder);
        for (var i = 0; i < arguments.Count; i += 2)
        {
            read = i + 1 < arguments.Count ? read.With(arguments[i], arguments[i + 1]) : throw new FormatException($"'{arguments[i]}' has no value");
        }

        return read.Methods.Count > 0 ? read : read with { Methods = Enum.GetValues<QuantizationMethod>() };
    }

    private QuantizeArguments With(string name, string value) => name switch
    {
        "--calibrate" => this with { Media = [.. Media, value] },
        "--out" => this with { Target = Path.GetFullPath(value) },
        "--method" => this with { Methods = [.. Methods, QuantizationMethods.Find(value) ?? throw Unknown(name, value)] },
        "--least-cosine" => this with
        {
            LeastCosine = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var cosine) ? cosine : throw Unknown(name, value),
        },
        _ => throw new FormatException($"'{name}' is not known"),
    };

    private static FormatException Unknown(string name, string value) =>
        new($"{name} is '{value}', but must be {(name == "--method" ? $"one of {string.Join(", ", QuantizationMethods.Names)}" : "a number")}");
}
