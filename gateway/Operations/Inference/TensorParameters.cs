using Sensorium.Core.Errors;

namespace Sensorium.Gateway.Operations.Inference;

/// <summary>What is said of single tensors. Names that nobody knows are ignored.</summary>
internal static class TensorParameters
{
    private const string Shared = "shared_memory_region";
    private const string Classification = "classification";

    /// <exception cref="SensoriumException">INVALID_PARAMETER: one is known, and cannot be honoured.</exception>
    public static void Check(string tensor, IReadOnlyDictionary<string, object> parameters)
    {
        if (parameters.TryGetValue(Shared, out var value) && value is not "")
        {
            throw Wrong(tensor, Shared, "cannot be honoured: no memory is shared with callers");
        }
    }

    /// <summary>Outputs of which only the greatest elements are wanted, with how many of them.</summary>
    /// <exception cref="SensoriumException">INVALID_PARAMETER: it is no number of elements.</exception>
    public static Dictionary<string, int> ClassesOf(IEnumerable<(string Name, IReadOnlyDictionary<string, object> Parameters)> outputs)
    {
        var classes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (name, parameters) in outputs)
        {
            if (parameters.GetValueOrDefault(Classification, 0L) is not (0L or ""))
            {
                classes[name] = parameters[Classification] is long and > 0 and <= int.MaxValue and var count
                    ? (int)count
                    : throw Wrong(name, Classification, "must be a whole number of at least 0");
            }
        }

        return classes;
    }

    private static SensoriumException Wrong(string tensor, string parameter, string fault) =>
        SensoriumException.Invalid(ErrorReasons.InvalidParameter, $"'{tensor}': the parameter {parameter} {fault}.", tensor);
}
