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
    private long _deadline;
    private int _waiters;

    public List<InFlightItem> Items { get; } = [];

    /// <summary>The latest of those who joined; null if one of them has none. May be read by anyone.</summary>
    public DateTimeOffset? Deadline =>
        Volatile.Read(ref _deadline) is var ticks and < long.MaxValue ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>Cancelled when nobody waits any more.</summary>
    public CancellationToken Abandoned => _abandoned.Token;

    /// <summary>One more waits, until then.</summary>
    public void Admit(DateTimeOffset? deadline)
    {
        _waiters++;
        Volatile.Write(ref _deadline, Math.Max(_deadline, deadline?.UtcTicks ?? long.MaxValue));
    }

    /// <summary>One less; true if nobody is left.</summary>
    public bool Release() => --_waiters == 0;

    public void Abandon() => _abandoned.Cancel();
}
