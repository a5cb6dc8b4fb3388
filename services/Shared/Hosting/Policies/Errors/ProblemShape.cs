using Microsoft.AspNetCore.Http;
using Sensorium.Core.Errors;

namespace Sensorium.Hosting.Policies.Errors;

/// <summary>Failures as application/problem+json, for endpoints whose face has no shape of its own.</summary>
internal sealed class ProblemShape : IErrorShape
{
    public Task WriteAsync(HttpContext context, SensoriumException failure)
    {
        var status = HttpStatuses.Of(failure);
        context.Response.WriteRetryAfter(failure);

        var extensions = new Dictionary<string, object?> { ["reason"] = failure.Reason };
        if (failure.Field is { } field)
        {
            extensions["field"] = field;
        }

        return Results.Problem(failure.Message, statusCode: status, extensions: extensions).ExecuteAsync(context);
    }
}
