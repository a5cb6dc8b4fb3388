using Grpc.Core;
using Sensorium.Core.Tenancy;
using Sensorium.Hosting.Policies.Keys;

namespace Sensorium.Hosting.Grpc.Clients;

/// <summary>Says in a call to another service for whom it is.</summary>
internal static class TenantMetadata
{
    public static Metadata Of(Tenant? tenant) => tenant is null || tenant == Tenant.Default
        ? []
        : new Metadata { { TenantHeaders.Name, tenant.Name }, { TenantHeaders.Weight, TenantHeaders.WeightOf(tenant) } };
}
