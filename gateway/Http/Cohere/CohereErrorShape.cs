using Sensorium.Core.Errors;
using Sensorium.Hosting.Policies.Errors;

namespace Sensorium.Gateway.Http.Cohere;

/// <summary>Failures in the shape of Cohere's API: a message alone.</summary>
internal sealed class CohereErrorShape : IErrorShape
{
    public Task WriteAsync(HttpContext context, SensoriumException failure)
    {
        context.Response.WriteRetryAfter(failure);
        return Results.Json(new ErrorBody(failure.Message), CohereJson.Default.ErrorBody, statusCode: StatusOf(failure)).ExecuteAsync(context);
    }

    // Clients of this API know a model that is not there by 404, and have no error for 409 and 412.
    private static int StatusOf(SensoriumException failure) => (failure.Reason, HttpStatuses.Of(failure)) switch
    {
        (ErrorReasons.ModelMismatch, _) => StatusCodes.Status404NotFound,
        (_, StatusCodes.Status409Conflict or StatusCodes.Status412PreconditionFailed) => StatusCodes.Status400BadRequest,
        (_, var status) => status,
    };
}
