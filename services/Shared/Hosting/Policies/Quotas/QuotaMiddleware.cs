using Microsoft.AspNetCore.Http;
using Sensorium.Hosting.Policies.Accounting;
using Sensorium.Hosting.Policies.Keys;

namespace Sensorium.Hosting.Policies.Quotas;

/// <summary>Counts each call against the quotas of its tenant, before its body is read. Services answer for quotas where their callers came in.</summary>
internal sealed class QuotaMiddleware(RequestDelegate next, TenantQuotas quotas)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<CallRecord>() is not { } record || context.Features.Get<Caller>() is not { IsService: false } caller)
        {
            await next(context);
            return;
        }

        using var ticket = await quotas.EnterAsync(caller.Tenant, record);
        await next(context);
    }
}
