namespace Sensorium.Core.Tenancy;

/// <summary>Whom work is done for. Tenants share what they wait for by their weights.</summary>
/// <param name="Name">As it is configured.</param>
/// <param name="Weight">Of its share, against those of others; above 0.</param>
public sealed record Tenant(string Name, double Weight = 1)
{
    /// <summary>Whoever belongs to no other.</summary>
    public static readonly Tenant Default = new("default");
}
