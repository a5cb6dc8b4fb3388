using Grpc.Core;

namespace Sensorium.Client;

/// <summary>A call that Sensorium refused or could not finish.</summary>
public sealed class SensoriumCallException(StatusCode code, string reason, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>The reason where the call never reached Sensorium, or was answered by something else.</summary>
    public const string NoReason = "";

    /// <summary>The reason of a stream that ended without its last event.</summary>
    public const string IncompleteStream = "INCOMPLETE_STREAM";

    public StatusCode Code { get; } = code;

    /// <summary>Stable, as listed in Sensorium's docs/errors.md; <see cref="NoReason"/> if none was given.</summary>
    public string Reason { get; } = reason;

    /// <summary>Facts for programs, such as the limit that was passed.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>When to try again; null where trying again does not help.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
