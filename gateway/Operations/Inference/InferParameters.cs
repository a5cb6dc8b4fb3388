using System.Globalization;
using Sensorium.Core.Errors;

namespace Sensorium.Gateway.Operations.Inference;

/// <summary>What a request says beside its tensors. Values are of bool, long, double and string; names that nobody knows are ignored.</summary>
internal sealed class InferParameters(IReadOnlyDictionary<string, object> values)
{
    private const string Under = "parameters.";

    // A day.
    private const long MostMicroseconds = 86_400_000_000;

    private static readonly (string Name, object[] Neutral, string Why)[] Refused =
    [
        ("sequence_id", [0L, ""], "no request depends on another"),
        ("sequence_start", [false], "no request depends on another"),
        ("sequence_end", [false], "no request depends on another"),
        ("priority", [0L], "all callers are alike"),
    ];

    public static InferParameters None { get; } = new(new Dictionary<string, object>());

    /// <summary>How long the caller waits; null if it does not say. The protocol counts in microseconds.</summary>
    public TimeSpan? Timeout => FindWhole("timeout", 0, MostMicroseconds) is > 0 and { } microseconds
        ? TimeSpan.FromMicroseconds(microseconds)
        : null;

    /// <exception cref="SensoriumException">INVALID_PARAMETER: one is known, and cannot be honoured.</exception>
    public void Check()
    {
        foreach (var (name, neutral, why) in Refused)
        {
            if (values.TryGetValue(name, out var value) && !neutral.Contains(value))
            {
                throw Wrong(name, $"cannot be honoured: {why}");
            }
        }
    }

    public bool FindFlag(string name) => values.GetValueOrDefault(name) switch
    {
        null => false,
        bool flag => flag,
        _ => throw Wrong(name, "must be true or false"),
    };

    public string? FindText(string name) => values.GetValueOrDefault(name) switch
    {
        null => null,
        string text => text,
        _ => throw Wrong(name, "must be a string"),
    };

    public long? FindWhole(string name, long least, long most) => values.GetValueOrDefault(name) switch
    {
        null => null,
        long whole when whole >= least && whole <= most => whole,
        _ => throw Wrong(name, string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {least} to {most}")),
    };

    public int? FindCount(string name, int least) => (int?)FindWhole(name, least, int.MaxValue);

    public float? FindNumber(string name, float least, float most) => values.GetValueOrDefault(name) switch
    {
        null => null,
        long whole when whole >= least && whole <= most => whole,
        double number when number >= least && number <= most => (float)number,
        _ => throw Wrong(name, string.Create(CultureInfo.InvariantCulture, $"must be a number from {least} to {most}")),
    };

    private static SensoriumException Wrong(string name, string fault) =>
        SensoriumException.Invalid(ErrorReasons.InvalidParameter, $"{Under}{name} {fault}.", Under + name);
}
