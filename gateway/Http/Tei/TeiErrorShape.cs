using Sensorium.Core.Errors;
using Sensorium.Hosting.Policies.Errors;

namespace Sensorium.Gateway.Http.Tei;

/// <summary>Failures in the shape of text-embeddings-inference: a message and a type.</summary>
internal sealed class TeiErrorShape : IErrorShape
{
    public Task WriteAsync(HttpContext context, SensoriumException failure)
    {
        context.Response.WriteRetryAfter(failure);
        var status = StatusOf(failure);
        return Results.Json(new ErrorBody(failure.Message, TypeOf(status)), TeiJson.Default.ErrorBody, statusCode: status).ExecuteAsync(context);
    }

    // Its clients know a body that can be read and is wrong by 422, and too many items by 413.
    private static int StatusOf(SensoriumException failure) => (failure.Reason, ClientStatuses.Of(failure)) switch
    {
        (ErrorReasons.TooManyItems, _) => StatusCodes.Status413PayloadTooLarge,
        (ErrorReasons.MalformedRequest, var status) => status,
        (_, StatusCodes.Status400BadRequest) => StatusCodes.Status422UnprocessableEntity,
        (_, var status) => status,
    };

    private static string TypeOf(int status) => status switch
    {
        StatusCodes.Status429TooManyRequests => "Overloaded",
        StatusCodes.Status503ServiceUnavailable => "Unhealthy",
        >= StatusCodes.Status500InternalServerError => "Backend",
        _ => "Validation",
    };
}
