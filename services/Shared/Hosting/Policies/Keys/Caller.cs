using Sensorium.Core.Tenancy;

namespace Sensorium.Hosting.Policies.Keys;

/// <summary>Who a request is from.</summary>
/// <param name="Id">Owns what it uploads: the same for every call with the same key or of the same tenant, and no key; empty without keys.</param>
/// <param name="ReadsAll">May read what others uploaded: a service may, and anyone where no keys are asked for.</param>
/// <param name="Manages">May change what is served to all: an administrator, a service, and anyone where no keys are asked for.</param>
public sealed record Caller(string Id, bool ReadsAll, bool Manages)
{
    /// <summary>Everyone, where no keys are asked for.</summary>
    public static readonly Caller Anyone = new("", true, true);

    /// <summary>Tells keys apart, and is not the key; empty without keys.</summary>
    public string KeyId { get; init; } = "";

    /// <summary>Whose share and quotas its requests count against.</summary>
    public Tenant Tenant { get; init; } = Tenant.Default;

    /// <summary>It brought the key of the services, and says itself for whom it calls.</summary>
    public bool IsService { get; init; }
}
