namespace Sensorium.Core.Tenancy;

/// <summary>What goes before a tenant where all share by weight.</summary>
internal static class FairShare
{
    /// <summary>
    /// Of all that waits, how much is served before what a tenant has there is: that itself and, while it is served, as much of
    /// each other tenant's as the weights give it. All of it where there is one tenant alone.
    /// </summary>
    public static double Before(Tenant tenant, IEnumerable<(Tenant Tenant, double Amount)> waiting)
    {
        var (own, others) = (0d, new List<(double Weight, double Amount)>());
        foreach (var (who, amount) in waiting)
        {
            if (who.Name == tenant.Name)
            {
                own += amount;
            }
            else
            {
                others.Add((who.Weight, amount));
            }
        }

        return own + others.Sum(other => Math.Min(other.Amount, own * other.Weight / tenant.Weight));
    }
}
