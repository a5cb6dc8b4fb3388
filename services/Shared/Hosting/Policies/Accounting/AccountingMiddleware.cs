using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sensorium.Core.Errors;
using Sensorium.Hosting.Grpc.Serving;
using Sensorium.Hosting.Policies.Keys;

namespace Sensorium.Hosting.Policies.Accounting;

/// <summary>
/// Keeps the record of each call of a caller, whatever its face and however it ends. Calls of services are part of a caller's, which is
/// recorded where it came in; calls that were not let in are nobody's.
/// </summary>
internal sealed class AccountingMiddleware(RequestDelegate next, TenantMetrics metrics, AuditLog audit, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (InfrastructureCalls.Includes(context.Request.Path.Value ?? "") || context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            await next(context);
            return;
        }

        var (record, came, started) = (new CallRecord { KeepsMedia = audit.IsOn }, time.GetUtcNow(), time.GetTimestamp());
        context.Features.Set(record);
        try
        {
            await next(context);
        }
        catch (SensoriumException error)
        {
            record.Fail(error);
            throw;
        }
        finally
        {
            await EndAsync(context, record, came, time.GetElapsedTime(started));
        }
    }

    private async ValueTask EndAsync(HttpContext context, CallRecord record, DateTimeOffset came, TimeSpan took)
    {
        if (context.Features.Get<Caller>() is not { IsService: false } caller)
        {
            return;
        }

        var isCut = context.RequestAborted.IsCancellationRequested;
        metrics.Ended(caller.Tenant, OutcomeOf(context, record, isCut));
        if (audit.IsOn)
        {
            await audit.WriteAsync(Describe(context, record, caller, isCut) with { Time = came, Seconds = Math.Round(took.TotalSeconds, 6) });
        }
    }

    private static string OutcomeOf(HttpContext context, CallRecord record, bool isCut) => isCut
        ? "cut"
        : record.Failure is { Code: ErrorCode.ResourceExhausted }
            ? "refused"
            : record.Failure is null && StatusOf(context, isCut) is "OK" or "200" ? "ok" : "error";

    private static AuditRecord Describe(HttpContext context, CallRecord record, Caller caller, bool isCut) => new()
    {
        Time = default,
        Trace = Activity.Current?.TraceId.ToHexString(),
        Tenant = caller.Tenant.Name,
        Key = caller.KeyId.Length > 0 ? caller.KeyId : null,

        // Paths of callers' own making may hold anything.
        Call = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "",
        Protocol = RequestKind.IsGrpc(context.Request) ? "grpc" : "http",
        Models = record.Models,
        Media = record.Media,
        Items = record.Items,
        TokensIn = record.TokensIn,
        TokensOut = record.TokensOut,
        Status = StatusOf(context, isCut),
        Reason = record.Failure?.Reason ?? (isCut ? ErrorReasons.Cancelled : null),
        Cut = isCut,
        Seconds = 0,
    };

    private static string StatusOf(HttpContext context, bool isCut) => RequestKind.IsGrpc(context.Request)
        ? CallDurationMiddleware.StatusOf(context)
        : (isCut ? StatusCodes.Status499ClientClosedRequest : context.Response.StatusCode).ToString(CultureInfo.InvariantCulture);
}
