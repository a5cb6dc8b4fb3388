namespace Sensorium.Core.Tenancy;

/// <summary>Where something waits in a <see cref="FairQueue{T}"/>.</summary>
/// <param name="cost">What serving it takes, in the unit of its queue.</param>
/// <param name="arrivedAt">In timestamps.</param>
/// <param name="order">Counts up with every arrival.</param>
internal sealed class FairPlace<T>(T value, Tenant tenant, int level, double cost, long arrivedAt, long order)
{
    public T Value => value;

    public Tenant Tenant => tenant;

    public int Level => level;

    public double Cost => cost;

    public long ArrivedAt => arrivedAt;

    public long Order => order;

    /// <summary>Null while it waits in no queue.</summary>
    public LinkedListNode<FairPlace<T>>? Node { get; set; }
}
