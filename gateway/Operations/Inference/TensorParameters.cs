using Sensorium.Core.Errors;

namespace Sensorium.Gateway.Operations.Inference;

/// <summary>What is said of single tensors. Names that nobody knows are ignored.</summary>
internal static class TensorParameters
{
    private static readonly (string Name, string Why)[] Refused =
    [
        ("shared_memory_region", "no memory is shared with callers"),
        ("classification", "models that classify give labels as they are"),
    ];

    /// <exception cref="SensoriumException">INVALID_PARAMETER: one is known, and cannot be honoured.</exception>
    public static void Check(string tensor, IReadOnlyDictionary<string, object> parameters)
    {
        foreach (var (name, why) in Refused)
        {
            if (parameters.TryGetValue(name, out var value) && value is not (0L or ""))
            {
                throw SensoriumException.Invalid(ErrorReasons.InvalidParameter, $"'{tensor}': the parameter {name} cannot be honoured: {why}.", tensor);
            }
        }
    }
}
