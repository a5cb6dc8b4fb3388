namespace Sensorium.Core.Tenancy;

/// <summary>What one tenant has waiting on one level of priority, by arrival.</summary>
internal sealed class FairLine<T>
{
    public LinkedList<FairPlace<T>> Places { get; } = [];

    /// <summary>Virtual time at which its first place is due.</summary>
    public double Start { get; set; }
}
