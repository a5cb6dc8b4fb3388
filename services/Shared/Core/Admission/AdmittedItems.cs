namespace Sensorium.Core.Admission;

/// <summary>The items of an admitted request, in order; those that have not ended are given up with it.</summary>
internal sealed class AdmittedItems(BacklogItem[] items) : IDisposable
{
    public BacklogItem this[int index] => items[index];

    public void Dispose() => Array.ForEach(items, item => item.End(served: false));
}
