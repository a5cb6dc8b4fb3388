namespace Sensorium.Core.Errors;

/// <summary>The HTTP status of each kind of failure, for faces that speak HTTP.</summary>
public static class HttpStatuses
{
    private static readonly Dictionary<ErrorCode, int> Table = new()
    {
        [ErrorCode.Cancelled] = 499,
        [ErrorCode.InvalidArgument] = 400,
        [ErrorCode.DeadlineExceeded] = 504,
        [ErrorCode.NotFound] = 404,
        [ErrorCode.PermissionDenied] = 403,
        [ErrorCode.ResourceExhausted] = 429,
        [ErrorCode.FailedPrecondition] = 412,
        [ErrorCode.Unimplemented] = 501,
        [ErrorCode.Internal] = 500,
        [ErrorCode.Unavailable] = 503,
        [ErrorCode.Unauthenticated] = 401,
    };

    /// <summary>What is too large stays so when it is sent again: 413, not 429.</summary>
    public static int Of(SensoriumException error) =>
        error.Reason is ErrorReasons.MessageTooLarge or ErrorReasons.MediaTooLarge ? 413 : Table[error.Code];
}
