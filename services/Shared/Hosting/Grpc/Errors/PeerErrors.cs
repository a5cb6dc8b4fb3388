using Google.Rpc;
using Grpc.Core;
using Sensorium.Core.Errors;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Grpc.Errors;

/// <summary>What a call to another service failed with, as a failure of the domain.</summary>
public static class PeerErrors
{
    /// <summary>
    /// Sensorium's own errors come back as they were thrown. Failures of the transport, and a key of this process that is
    /// refused, become UNAVAILABLE PEER_UNAVAILABLE and name the service. A cancellation by our own caller becomes
    /// <see cref="OperationCanceledException"/>.
    /// </summary>
    public static Exception Translate(RpcException exception, string service, CancellationToken cancellationToken)
    {
        if (exception.StatusCode == StatusCode.Unauthenticated)
        {
            return KeyRefused(exception, service);
        }

        if (FromDetails(exception) is { } own)
        {
            return own;
        }

        if (cancellationToken.IsCancellationRequested && exception.StatusCode is StatusCode.Cancelled or StatusCode.DeadlineExceeded)
        {
            return new OperationCanceledException(exception.Status.Detail, exception, cancellationToken);
        }

        return exception.StatusCode switch
        {
            StatusCode.DeadlineExceeded => new SensoriumException(
                ErrorCode.DeadlineExceeded,
                ErrorReasons.DeadlineExceeded,
                $"The {service} service did not answer before the deadline.",
                exception),
            StatusCode.ResourceExhausted => new SensoriumException(
                ErrorCode.ResourceExhausted,
                ErrorReasons.MessageTooLarge,
                $"A message to or from the {service} service is over the size limit: {exception.Status.Detail}",
                exception),
            _ => Unavailable(exception, service),
        };
    }

    private static SensoriumException? FromDetails(RpcException exception)
    {
        var status = exception.GetRpcStatus();
        var info = status?.GetDetail<ErrorInfo>();
        if (status is null || info is null || info.Domain != ErrorMapping.Domain)
        {
            return null;
        }

        return new SensoriumException((ErrorCode)status.Code, info.Reason, status.Message, exception)
        {
            Field = status.GetDetail<BadRequest>()?.FieldViolations.FirstOrDefault()?.Field,
            RetryAfter = status.GetDetail<RetryInfo>()?.RetryDelay?.ToTimeSpan(),
            Metadata = info.Metadata.ToDictionary(pair => pair.Key, pair => pair.Value),
        };
    }

    // The key is this process's, not the caller's, who can do nothing about it.
    private static SensoriumException KeyRefused(RpcException exception, string service) =>
        Unavailable(exception, service, $"The {service} service refuses the key of this process; see {PeerOptions.Section}:ApiKey.");

    private static SensoriumException Unavailable(RpcException exception, string service, string? message = null) => new(
        ErrorCode.Unavailable,
        ErrorReasons.PeerUnavailable,
        message ?? $"The {service} service does not answer: {exception.Status.Detail}",
        exception)
    {
        Metadata = new Dictionary<string, string> { ["service"] = service },
    };
}
