namespace Sensorium.Core.Models.Running;

/// <summary>All that can be given back when a model has gone.</summary>
public sealed class MemoryReliefs(IEnumerable<IMemoryRelief> reliefs)
{
    /// <summary>The managed heap first: what it collects may hold memory of the others.</summary>
    public void Release()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        foreach (var relief in reliefs)
        {
            relief.Release();
        }
    }
}
