using Sensorium.Caching.Keys;

namespace Sensorium.Caching.Flights;

/// <summary>One item being looked up or encoded on behalf of everyone who asks for its key meanwhile.</summary>
internal sealed class Flight(WantedItem wanted, FlightGroup group)
{
    private readonly TaskCompletionSource<FlightResult> _landing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isToBeStored;

    /// <summary>Index of the item in the request that started the flight.</summary>
    public int ItemIndex { get; } = wanted.ItemIndex;

    /// <summary>Null for an item that is not shared.</summary>
    public CacheKey? Key { get; } = wanted.Key;

    public FlightGroup Group { get; } = group;

    /// <summary>True once anyone who waits wants the result to be kept.</summary>
    public bool IsToBeStored => _isToBeStored;

    public bool HasLanded => _landing.Task.IsCompleted;

    /// <summary>Never faults: failures are results.</summary>
    public Task<FlightResult> Landing => _landing.Task;

    public void DemandStoring() => _isToBeStored = true;

    public void Land(FlightResult result) => _landing.TrySetResult(result);
}
