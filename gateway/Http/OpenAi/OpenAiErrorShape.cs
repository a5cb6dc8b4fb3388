using Sensorium.Core.Errors;
using Sensorium.Hosting.Policies.Errors;

namespace Sensorium.Gateway.Http.OpenAi;

/// <summary>Failures in the shape of OpenAI's API.</summary>
internal sealed class OpenAiErrorShape : IErrorShape
{
    public Task WriteAsync(HttpContext context, SensoriumException failure)
    {
        context.Response.WriteRetryAfter(failure);

        var status = StatusOf(failure);
        var body = new ErrorBody(new ErrorDetail(failure.Message, TypeOf(status), failure.Field, CodeOf(failure)));
        return Results.Json(body, OpenAiJson.Default.ErrorBody, statusCode: status).ExecuteAsync(context);
    }

    // Clients of this API know a model that is not there by 404, and try again after 409, and have no error for 412.
    private static int StatusOf(SensoriumException failure) => (failure.Reason, HttpStatuses.Of(failure)) switch
    {
        (ErrorReasons.ModelMismatch, _) => StatusCodes.Status404NotFound,
        (_, StatusCodes.Status409Conflict or StatusCodes.Status412PreconditionFailed) => StatusCodes.Status400BadRequest,
        (_, var status) => status,
    };

    private static string TypeOf(int status) => status switch
    {
        StatusCodes.Status429TooManyRequests => "rate_limit_error",
        >= StatusCodes.Status500InternalServerError => "server_error",
        _ => "invalid_request_error",
    };

    private static string CodeOf(SensoriumException failure) => failure.Reason switch
    {
        ErrorReasons.Unauthenticated => "invalid_api_key",
        ErrorReasons.ModelMismatch => "model_not_found",
        var reason => reason,
    };
}
