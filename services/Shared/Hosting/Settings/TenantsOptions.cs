using Microsoft.Extensions.Configuration;
using Sensorium.Core.Tenancy;

namespace Sensorium.Hosting.Settings;

/// <summary>
/// The tenants of a gateway, by name, which is in small letters however it is written. Keys that belong to none, and everyone where no keys are asked for, are the tenant "default", which
/// may have settings, too.
/// </summary>
public sealed class TenantsOptions
{
    public const string Root = "Sensorium:Tenants";

    public IReadOnlyDictionary<string, TenantSettings> All { get; private set; } = new Dictionary<string, TenantSettings>();

    /// <summary>Whether any of them has keys.</summary>
    public bool HaveKeys => All.Values.Any(tenant => tenant.Keys.Count > 0 || tenant.KeysPath.Length > 0);

    /// <summary>Of whoever belongs to no other.</summary>
    public Tenant Default => All.TryGetValue(Tenant.Default.Name, out var settings) ? Tenant.Default with { Weight = settings.Weight } : Tenant.Default;

    public static TenantsOptions Read(IConfiguration configuration)
    {
        var options = new TenantsOptions();
        options.Bind(configuration);
        return options;
    }

    public void Bind(IConfiguration configuration) =>
        All = configuration.GetSection(Root).GetChildren().ToDictionary(
            tenant => tenant.Key.ToLowerInvariant(), tenant => tenant.Get<TenantSettings>() ?? new TenantSettings(), StringComparer.Ordinal);
}
