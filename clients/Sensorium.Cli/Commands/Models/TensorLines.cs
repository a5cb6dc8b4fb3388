using System.Text.RegularExpressions;
using Sensorium.V1;

namespace Sensorium.Cli.Commands.Models;

/// <summary>Tensors for people: those that differ in the number of their layer alone are one line.</summary>
internal static partial class TensorLines
{
    /// <param name="verb">Before each: "takes".</param>
    public static IEnumerable<string> Of(string verb, IEnumerable<ModelTensor> tensors) => tensors
        .Select(LineOf)
        .GroupBy(line => Layer().Replace(line, ".*"))
        .Select(same => $"{verb} {(same.Count() == 1 ? same.First() : same.Key)}");

    private static string LineOf(ModelTensor tensor) => $"{tensor.Name} {tensor.Type} [{string.Join(", ", tensor.Dimensions)}]";

    // As in "past_key_values.0.decoder.key".
    [GeneratedRegex(@"\.\d+(?=\.)")]
    private static partial Regex Layer();
}
