using Sensorium.Core.Errors;
using Sensorium.Hosting.Policies.Errors;

namespace Sensorium.Gateway.Http.Cohere;

/// <summary>Failures in the shape of Cohere's API: a message alone.</summary>
internal sealed class CohereErrorShape : IErrorShape
{
    public Task WriteAsync(HttpContext context, SensoriumException failure)
    {
        context.Response.WriteRetryAfter(failure);
        return Results.Json(new ErrorBody(failure.Message), CohereJson.Default.ErrorBody, statusCode: ClientStatuses.Of(failure)).ExecuteAsync(context);
    }
}
