using Google.Rpc;
using Grpc.Core;

namespace Sensorium.Client;

/// <summary>Reads google.rpc.ErrorInfo and RetryInfo out of a failed call.</summary>
internal static class CallErrors
{
    public static SensoriumCallException Translate(RpcException exception)
    {
        var status = exception.GetRpcStatus();
        var info = status?.GetDetail<ErrorInfo>();
        return new SensoriumCallException(
            exception.StatusCode, info?.Reason ?? SensoriumCallException.NoReason, exception.Status.Detail, exception)
        {
            Metadata = info?.Metadata.ToDictionary() ?? [],
            RetryAfter = status?.GetDetail<RetryInfo>()?.RetryDelay?.ToTimeSpan(),
        };
    }

    /// <summary>A cancellation that the caller asked for stays one; everything else gets its reason.</summary>
    public static Exception Translate(RpcException exception, CancellationToken cancellationToken) =>
        exception.StatusCode == StatusCode.Cancelled && cancellationToken.IsCancellationRequested
            ? new OperationCanceledException(exception.Message, exception, cancellationToken)
            : Translate(exception);
}
