using Sensorium.Caching.Keys;

namespace Sensorium.Caching.InFlight;

/// <summary>One item being looked up or encoded on behalf of everyone who asks for its key meanwhile.</summary>
internal sealed class InFlightItem(WantedItem wanted, InFlightCall call)
{
    private readonly TaskCompletionSource<ItemResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isToBeStored;

    /// <summary>Index of the item in the request that started it.</summary>
    public int ItemIndex { get; } = wanted.ItemIndex;

    /// <summary>Null for an item that is not shared.</summary>
    public CacheKey? Key { get; } = wanted.Key;

    public InFlightCall Call { get; } = call;

    /// <summary>True once anyone who waits wants the result to be kept.</summary>
    public bool IsToBeStored => _isToBeStored;

    public bool IsCompleted => _completion.Task.IsCompleted;

    /// <summary>Never faults: failures are results.</summary>
    public Task<ItemResult> Completion => _completion.Task;

    public void DemandStoring() => _isToBeStored = true;

    public void Complete(ItemResult result) => _completion.TrySetResult(result);
}
