using System.Globalization;
using Sensorium.Core.Errors;

namespace Sensorium.Gateway.Http.OpenAi;

/// <summary>Failures of the domain in the shape of OpenAI's API.</summary>
internal static class OpenAiErrors
{
    public const string ModelNotFound = "model_not_found";

    public static IResult Result(SensoriumException error, HttpResponse response)
    {
        if (error.RetryAfter is { } delay)
        {
            response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(delay.TotalSeconds)).ToString("F0", CultureInfo.InvariantCulture);
        }

        var status = StatusOf(error);
        var body = new ErrorBody(new ErrorDetail(error.Message, TypeOf(status), error.Field, CodeOf(error)));
        return Results.Json(body, OpenAiJson.Default.ErrorBody, statusCode: status);
    }

    private static int StatusOf(SensoriumException error) => error.Code switch
    {
        ErrorCode.InvalidArgument => StatusCodes.Status400BadRequest,
        ErrorCode.FailedPrecondition => StatusCodes.Status400BadRequest,
        ErrorCode.Unauthenticated => StatusCodes.Status401Unauthorized,
        ErrorCode.PermissionDenied => StatusCodes.Status403Forbidden,
        ErrorCode.NotFound => StatusCodes.Status404NotFound,

        // Too much at this time says when to try again; too much at any time does not.
        ErrorCode.ResourceExhausted when error.RetryAfter is null => StatusCodes.Status413PayloadTooLarge,
        ErrorCode.ResourceExhausted => StatusCodes.Status429TooManyRequests,
        ErrorCode.Cancelled => StatusCodes.Status499ClientClosedRequest,
        ErrorCode.Unimplemented => StatusCodes.Status501NotImplemented,
        ErrorCode.Unavailable => StatusCodes.Status503ServiceUnavailable,
        ErrorCode.DeadlineExceeded => StatusCodes.Status504GatewayTimeout,
        _ => StatusCodes.Status500InternalServerError,
    };

    private static string TypeOf(int status) => status switch
    {
        StatusCodes.Status429TooManyRequests => "rate_limit_error",
        >= 500 => "server_error",
        _ => "invalid_request_error",
    };

    private static string CodeOf(SensoriumException error) => (error.Code, error.Reason) switch
    {
        (ErrorCode.Unauthenticated, _) => "invalid_api_key",
        (ErrorCode.NotFound, ErrorReasons.ModelMismatch) => ModelNotFound,
        _ => error.Reason,
    };
}
