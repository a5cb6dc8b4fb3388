using Sensorium.Core.Errors;
using Sensorium.Hosting.Policies.Errors;

namespace Sensorium.Gateway.Http.OpenAi;

/// <summary>Failures in the shape of OpenAI's API.</summary>
internal sealed class OpenAiErrorShape : IErrorShape
{
    public Task WriteAsync(HttpContext context, SensoriumException failure)
    {
        context.Response.WriteRetryAfter(failure);

        var status = ClientStatuses.Of(failure);
        var body = new ErrorBody(new ErrorDetail(failure.Message, TypeOf(status), failure.Field, CodeOf(failure)));
        return Results.Json(body, OpenAiJson.Default.ErrorBody, statusCode: status).ExecuteAsync(context);
    }

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
