using Microsoft.Extensions.Options;
using Sensorium.Core.Tenancy;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Policies.Keys;

/// <summary>The keys that are let in: those of the host, of its administrators and of tenants, and those of services.</summary>
internal sealed class ApiKeys(
    IOptions<HostingOptions> options, ServiceKeys services, IOptions<TenantsOptions> tenants, ServiceProfile profile, TimeProvider time)
{
    private readonly KeySet _ofAdministrators = new(options.Value.AdminKeys, options.Value.AdminKeysPath, time);
    private readonly KeySet _ofNoTenant = new(options.Value.ApiKeys, options.Value.ApiKeysPath, time);
    private readonly Tenant _default = tenants.Value.Default;
    private readonly (Tenant Tenant, KeySet Keys)[] _ofTenants =
        [.. tenants.Value.All.Select(tenant => (new Tenant(tenant.Key, tenant.Value.Weight), new KeySet(tenant.Value.Keys, tenant.Value.KeysPath, time)))];

    /// <summary>
    /// Without keys everyone is let in. A file that is configured asks for keys even while it has none. Only the gateway has
    /// callers that are no services.
    /// </summary>
    public bool AreAskedFor =>
        _ofNoTenant.IsConfigured
        || _ofAdministrators.IsConfigured
        || _ofTenants.Any(tenant => tenant.Keys.IsConfigured)
        || (services.IsConfigured && profile != ServiceProfile.Gateway);

    /// <summary>Null if the key is not known and one is asked for.</summary>
    public Caller? Identify(string key)
    {
        if (!AreAskedFor && !services.IsConfigured)
        {
            return Caller.Anyone with { Tenant = _default };
        }

        var given = KeySet.Hash(key);
        var id = Convert.ToHexStringLower(given.AsSpan(0, 8));
        if (services.Holds(given))
        {
            return new Caller(id, ReadsAll: true, Manages: true) { KeyId = id, IsService = true };
        }

        return AreAskedFor ? IdentifyCaller(given, id) : Caller.Anyone with { Tenant = _default };
    }

    private Caller? IdentifyCaller(byte[] given, string id)
    {
        // Encoders without a key of the services' own are called with one of the callers'.
        var calledByServices = !services.IsConfigured && profile != ServiceProfile.Gateway;
        var (isAdministrator, isKnown, tenant) = (_ofAdministrators.Holds(given), _ofNoTenant.Holds(given), (Tenant?)null);
        foreach (var (each, keys) in _ofTenants)
        {
            tenant = keys.Holds(given) ? each : tenant;
        }

        return isAdministrator || isKnown || tenant is not null
            ? new Caller(OwnerOf(tenant) ?? id, calledByServices, Manages: isAdministrator || calledByServices) { KeyId = id, Tenant = tenant ?? _default }
            : null;
    }

    // A tenant's callers share what they upload, also after its keys have been replaced. Keys of none share nothing.
    private static string? OwnerOf(Tenant? tenant) => tenant is null || tenant.Name == Tenant.Default.Name
        ? null
        : Convert.ToHexStringLower(KeySet.Hash($"tenant {tenant.Name}").AsSpan(0, 8));
}
