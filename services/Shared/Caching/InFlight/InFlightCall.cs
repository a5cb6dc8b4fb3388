using System.Diagnostics.CodeAnalysis;

namespace Sensorium.Caching.InFlight;

/// <summary>
/// The items that one request started, which share one call of the encoder. The call goes on while anyone waits for
/// any of them, whoever started it, and is cancelled when nobody does. Guarded by its <see cref="InFlightTable"/>.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The source has neither timer nor handle: there is nothing to free, and no moment at which nobody may still cancel it.")]
internal sealed class InFlightCall
{
    private readonly CancellationTokenSource _abandoned = new();

    public List<InFlightItem> Items { get; } = [];

    public int Waiters { get; set; }

    /// <summary>Cancelled when nobody waits any more.</summary>
    public CancellationToken Abandoned => _abandoned.Token;

    public void Abandon() => _abandoned.Cancel();
}
