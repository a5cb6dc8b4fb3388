using Sensorium.Core.Tenancy;

namespace Sensorium.Core.Admission;

/// <summary>What of a <see cref="Backlog"/> is one tenant's.</summary>
internal sealed class TenantBacklog(Tenant tenant)
{
    public Tenant Tenant => tenant;

    public int Items { get; set; }

    /// <summary>By level of priority.</summary>
    public double[] Work { get; } = new double[PriorityLevels.Count];

    /// <summary>That of the level and those that go before it.</summary>
    public double WorkUpTo(int level) => Work.Take(level + 1).Sum(work => Math.Max(0, work));
}
