using Microsoft.Extensions.Options;
using Sensorium.Core.Tenancy;
using Sensorium.Hosting.Policies.Keys;

namespace Sensorium.Hosting.Settings;

internal sealed class TenantsOptionsValidator(IOptions<HostingOptions> hosting) : IValidateOptions<TenantsOptions>
{
    private const string Root = TenantsOptions.Root;

    public ValidateOptionsResult Validate(string? name, TenantsOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        foreach (var (tenant, settings) in options.All)
        {
            CheckName(tenant, errors);
            CheckKeys(tenant, settings, errors);
            CheckNumbers(tenant, settings, errors);
        }

        CheckOwners(options, errors);
        return errors.Build();
    }

    private static void CheckName(string tenant, ValidateOptionsResultBuilder errors)
    {
        if (!TenantName.IsValid(tenant))
        {
            errors.AddError($"{Root}:{tenant}: a tenant's name has up to {TenantName.MaxLength} letters, digits, dots, hyphens and underscores.");
        }
    }

    private static void CheckKeys(string tenant, TenantSettings settings, ValidateOptionsResultBuilder errors)
    {
        if (settings.Keys.Any(key => key.Length < HostingOptions.MinKeyLength))
        {
            errors.AddError($"{Root}:{tenant}:Keys must have at least {HostingOptions.MinKeyLength} characters each.");
        }

        KeyFile.Check(errors, $"{Root}:{tenant}:KeysPath", settings.KeysPath);

        if (settings.Keys.Count == 0 && settings.KeysPath.Length == 0 && tenant != Tenant.Default.Name)
        {
            errors.AddError($"{Root}:{tenant} has neither Keys nor KeysPath, so that nobody belongs to it.");
        }
    }

    private static void CheckNumbers(string tenant, TenantSettings settings, ValidateOptionsResultBuilder errors)
    {
        if (settings.Weight is not (> 0 and <= 1_000_000))
        {
            errors.AddError($"{Root}:{tenant}:Weight must lie above 0 and not above 1000000, but is {settings.Weight}.");
        }

        (string Key, int Value)[] limits =
        [
            (nameof(settings.RequestsPerMinute), settings.RequestsPerMinute),
            (nameof(settings.TokensPerMinute), settings.TokensPerMinute),
            (nameof(settings.MaxConcurrency), settings.MaxConcurrency),
        ];
        foreach (var (key, value) in limits.Where(limit => limit.Value < 0))
        {
            errors.AddError($"{Root}:{tenant}:{key} must not be negative, but is {value}.");
        }
    }

    // A key says whose a call is. No message shows one.
    private void CheckOwners(TenantsOptions options, ValidateOptionsResultBuilder errors)
    {
        var owned = options.All.SelectMany(tenant => tenant.Value.Keys.Select(key => (Owner: $"{Root}:{tenant.Key}:Keys", Key: key)))
            .Concat(hosting.Value.ApiKeys.Select(key => (Owner: $"{HostingOptions.Section}:ApiKeys", Key: key)))
            .Concat(hosting.Value.AdminKeys.Select(key => (Owner: $"{HostingOptions.Section}:AdminKeys", Key: key)));
        foreach (var shared in owned.GroupBy(owner => owner.Key, owner => owner.Owner).Where(owners => owners.Distinct().Count() > 1))
        {
            errors.AddError($"{string.Join(" and ", shared.Distinct())} have a key in common; a key belongs to one tenant.");
        }
    }
}
