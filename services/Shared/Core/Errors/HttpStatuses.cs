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
        [ErrorCode.AlreadyExists] = 409,
        [ErrorCode.PermissionDenied] = 403,
        [ErrorCode.ResourceExhausted] = 429,
        [ErrorCode.FailedPrecondition] = 412,
        [ErrorCode.Unimplemented] = 501,
        [ErrorCode.Internal] = 500,
        [ErrorCode.Unavailable] = 503,
        [ErrorCode.Unauthenticated] = 401,
    };

    /// <summary>That of the reason if it has one of its own, else that of the code.</summary>
    public static int Of(SensoriumException error) => ErrorTable.Of(error.Reason)?.HttpStatus ?? Table[error.Code];
}
