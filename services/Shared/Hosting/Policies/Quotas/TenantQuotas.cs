using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using Sensorium.Core.Errors;
using Sensorium.Core.Tenancy;
using Sensorium.Hosting.Policies.Accounting;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Policies.Quotas;

/// <summary>The quotas of all tenants of this process.</summary>
internal sealed class TenantQuotas
{
    private readonly FrozenDictionary<string, TenantQuota> _quotas;
    private readonly TenantMetrics _metrics;

    public TenantQuotas(IOptions<TenantsOptions> tenants, TenantMetrics metrics, TimeProvider time, ISharedRates? shared = null)
    {
        _metrics = metrics;
        _quotas = tenants.Value.All
            .Append(new(Tenant.Default.Name, new TenantSettings()))
            .DistinctBy(tenant => tenant.Key, StringComparer.Ordinal)
            .ToFrozenDictionary(tenant => tenant.Key, tenant => new TenantQuota(tenant.Key, tenant.Value, shared, time), StringComparer.Ordinal);
        _metrics.Watch(() => _quotas.Select(quota => (quota.Key, quota.Value.Active)));
    }

    /// <summary>A call begins; dispose the result when it is over. Throws RESOURCE_EXHAUSTED QUOTA_EXCEEDED with when to try again.</summary>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="record">Its tokens count as they come.</param>
    public async ValueTask<IDisposable> EnterAsync(Tenant tenant, CallRecord? record)
    {
        var quota = _quotas[tenant.Name];
        try
        {
            await quota.EnterAsync();
        }
        catch (SensoriumException error)
        {
            _metrics.Refused(tenant, error.Metadata["quota"]);
            throw;
        }

        if (record is not null)
        {
            record.Counted = (read, written) =>
            {
                quota.Count(read + written);
                _metrics.Tokens(tenant, read, written);
            };
        }

        return new Ticket(quota);
    }

    private sealed class Ticket(TenantQuota quota) : IDisposable
    {
        public void Dispose() => quota.Leave();
    }
}
