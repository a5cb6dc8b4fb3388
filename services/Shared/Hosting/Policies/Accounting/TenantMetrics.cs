using System.Diagnostics.Metrics;
using Sensorium.Core.Tenancy;

namespace Sensorium.Hosting.Policies.Accounting;

/// <summary>What each tenant uses. Only configured names are tags: a caller cannot make series.</summary>
internal sealed class TenantMetrics
{
    private readonly Counter<long> _calls;
    private readonly Counter<long> _tokens;
    private readonly Counter<long> _refused;
    private readonly Meter _meter;

    public TenantMetrics(IMeterFactory meters)
    {
        _meter = meters.Create("Sensorium");
        _calls = _meter.CreateCounter<long>(
            "sensorium.tenant.calls", "{call}", "Calls that have ended, by tenant and outcome (ok, error, refused, cut).");
        _tokens = _meter.CreateCounter<long>(
            "sensorium.tenant.tokens", "{token}", "Tokens, patches, frames and rows that models read, and tokens that they wrote, by tenant and direction (in, out).");
        _refused = _meter.CreateCounter<long>(
            "sensorium.tenant.refused", "{call}", "Calls over a quota, by tenant and quota.");
    }

    public void Watch(Func<IEnumerable<(string Tenant, int Active)>> active) => _meter.CreateObservableGauge(
        "sensorium.tenant.calls.active",
        () => active().Select(tenant => new Measurement<int>(tenant.Active, TagOf(tenant.Tenant))),
        "{call}",
        "Calls under way, by tenant.");

    public void Ended(Tenant tenant, string outcome) => _calls.Add(1, TagOf(tenant.Name), new("outcome", outcome));

    public void Tokens(Tenant tenant, long read, long written)
    {
        if (read > 0)
        {
            _tokens.Add(read, TagOf(tenant.Name), new("direction", "in"));
        }

        if (written > 0)
        {
            _tokens.Add(written, TagOf(tenant.Name), new("direction", "out"));
        }
    }

    public void Refused(Tenant tenant, string quota) => _refused.Add(1, TagOf(tenant.Name), new("quota", quota));

    private static KeyValuePair<string, object?> TagOf(string tenant) => new("tenant", tenant);
}
