using Microsoft.AspNetCore.Http;
using Sensorium.Core.Errors;

namespace Sensorium.Hosting.Policies.Draining;

/// <summary>Counts requests, and refuses new ones while the process drains; those that take too long are ended. Health, reflection and metrics are not counted.</summary>
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

        var ofCaller = context.RequestAborted;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(ofCaller, calls.CutOff);
        context.RequestAborted = ended.Token;
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (calls.CutOff.IsCancellationRequested && !ofCaller.IsCancellationRequested)
        {
            throw CallTracker.CutOffError();
        }
        finally
        {
            context.RequestAborted = ofCaller;
            calls.Exit();
        }
    }
}
