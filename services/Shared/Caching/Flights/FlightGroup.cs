using System.Diagnostics.CodeAnalysis;

namespace Sensorium.Caching.Flights;

/// <summary>
/// The flights that one request started, which share one call of the encoder. The call goes on while anyone waits for
/// any of them, whoever started it, and is cancelled when nobody does. Guarded by its <see cref="FlightTable"/>.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The source has neither timer nor handle: there is nothing to free, and no moment at which nobody may still cancel it.")]
internal sealed class FlightGroup
{
    private readonly CancellationTokenSource _abandoned = new();

    public List<Flight> Flights { get; } = [];

    public int Waiters { get; set; }

    /// <summary>Cancelled when nobody waits any more.</summary>
    public CancellationToken Abandoned => _abandoned.Token;

    public void Abandon() => _abandoned.Cancel();
}
