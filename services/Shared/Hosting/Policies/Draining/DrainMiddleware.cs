using Microsoft.AspNetCore.Http;
using Sensorium.Core.Errors;

namespace Sensorium.Hosting.Policies.Draining;

/// <summary>Counts requests, and refuses new ones while the process drains. Health, reflection and metrics are not counted.</summary>
internal sealed class DrainMiddleware(RequestDelegate next, CallTracker calls)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (InfrastructureCalls.Includes(context.Request.Path.Value ?? ""))
        {
            await next(context);
            return;
        }

        if (!calls.TryEnter())
        {
            throw SensoriumException.Unavailable(
                ErrorReasons.Draining, "This process is stopping and takes no new calls; another one may answer.");
        }

        try
        {
            await next(context);
        }
        finally
        {
            calls.Exit();
        }
    }
}
