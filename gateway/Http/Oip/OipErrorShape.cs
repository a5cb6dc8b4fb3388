using Sensorium.Core.Errors;
using Sensorium.Hosting.Policies.Errors;

namespace Sensorium.Gateway.Http.Oip;

/// <summary>Failures in the shape of the Open Inference Protocol: a message alone.</summary>
internal sealed class OipErrorShape : IErrorShape
{
    public Task WriteAsync(HttpContext context, SensoriumException failure)
    {
        context.Response.WriteRetryAfter(failure);
        return Results.Json(new ErrorBody(failure.Message), OipJson.Default.ErrorBody, statusCode: ClientStatuses.Of(failure)).ExecuteAsync(context);
    }
}
