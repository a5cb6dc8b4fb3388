using System.Globalization;
using Microsoft.AspNetCore.Http;
using Sensorium.Core.Tenancy;

namespace Sensorium.Hosting.Policies.Keys;

/// <summary>Tells another service for whom it is called. Believed only of those who bring the key of the services.</summary>
internal static class TenantHeaders
{
    public const string Name = "sensorium-tenant";
    public const string Weight = "sensorium-tenant-weight";

    public static string WeightOf(Tenant tenant) => tenant.Weight.ToString("R", CultureInfo.InvariantCulture);

    public static Tenant Read(IHeaderDictionary headers)
    {
        var name = headers[Name].ToString();
        return TenantName.IsValid(name)
            ? new Tenant(name, double.TryParse(headers[Weight], CultureInfo.InvariantCulture, out var weight) && weight is > 0 and <= 1_000_000 ? weight : 1)
            : Tenant.Default;
    }
}
