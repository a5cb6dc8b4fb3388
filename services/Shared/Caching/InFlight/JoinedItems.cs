namespace Sensorium.Caching.InFlight;

/// <summary>What one request waits for.</summary>
/// <param name="Items">One per wanted item, in order; two may be the same.</param>
/// <param name="Started">The call for the items that began here; whoever joined runs it.</param>
/// <param name="Calls">All calls that are waited for.</param>
internal sealed record JoinedItems(IReadOnlyList<InFlightItem> Items, InFlightCall Started, IReadOnlyCollection<InFlightCall> Calls);
