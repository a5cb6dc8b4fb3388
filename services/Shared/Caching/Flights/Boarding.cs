namespace Sensorium.Caching.Flights;

/// <summary>What one request waits for.</summary>
/// <param name="Flights">One per wanted item, in order; two may be the same.</param>
/// <param name="Started">The group of the flights that began here; whoever boarded runs them.</param>
/// <param name="Groups">All groups waited for.</param>
internal sealed record Boarding(IReadOnlyList<Flight> Flights, FlightGroup Started, IReadOnlyCollection<FlightGroup> Groups);
