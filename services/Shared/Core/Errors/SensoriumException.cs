namespace Sensorium.Core.Errors;

/// <summary>A failure that the caller is told about, with a stable reason from <see cref="ErrorReasons"/>.</summary>
public sealed class SensoriumException(
    ErrorCode code,
    string reason,
    string message,
    Exception? innerException = null) : Exception(ErrorText.Bound(message), innerException)
{
    public ErrorCode Code { get; } = code;

    public string Reason { get; } = reason;

    /// <summary>The request field that was wrong, as "media[0].data"; null if no field was.</summary>
    public string? Field
    {
        get;
        init => field = value is null ? null : ErrorText.Bound(value);
    }

    /// <summary>When to try again; set only where trying again can help.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Refused by a service that has too much to do now and says when to try again.</summary>
    public bool IsPassingOverload => Reason == ErrorReasons.Overloaded && RetryAfter is not null;

    /// <summary>Facts for programs: limits, measured values, item ids.</summary>
    public IReadOnlyDictionary<string, string> Metadata
    {
        get;
        init => field = value.ToDictionary(pair => pair.Key, pair => ErrorText.Bound(pair.Value));
    } = new Dictionary<string, string>();

    public static SensoriumException Invalid(string reason, string message, string? field = null, Exception? inner = null) =>
        new(ErrorCode.InvalidArgument, reason, message, inner) { Field = field };

    public static SensoriumException Overloaded(string message, TimeSpan retryAfter) =>
        new(ErrorCode.ResourceExhausted, ErrorReasons.Overloaded, message) { RetryAfter = retryAfter };

    public static SensoriumException Unavailable(string reason, string message, Exception? inner = null) =>
        new(ErrorCode.Unavailable, reason, message, inner);

    public static SensoriumException ModelFault(string message, Exception? inner = null) =>
        new(ErrorCode.Internal, ErrorReasons.ModelFault, message, inner);
}
