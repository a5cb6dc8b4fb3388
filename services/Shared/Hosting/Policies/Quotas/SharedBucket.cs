using Sensorium.Core.Tenancy;

namespace Sensorium.Hosting.Policies.Quotas;

/// <summary>
/// So many of something a minute, counted with the other replicas where there is a place for that and it answers, and here alone where
/// not. It is always counted here too, so that a replica that is left alone knows what it has given. Safe to use from several threads.
/// </summary>
/// <param name="name">The same in every replica.</param>
/// <param name="perMinute">Above 0.</param>
/// <param name="shared">Null if each replica counts alone.</param>
internal sealed class SharedBucket(string name, int perMinute, ISharedRates? shared, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly RateBucket _here = new(perMinute, time);
    private double _untold;
    private bool _isTelling;

    /// <summary>Zero if the amount was had, else how long until it may be.</summary>
    public Task<TimeSpan> TakeAsync(double amount) => AskAsync(amount, RateAsk.Take);

    /// <summary>How long until so many may be had.</summary>
    public Task<TimeSpan> WaitForAsync(double amount) => AskAsync(amount, RateAsk.Look);

    /// <summary>So many have been had. The others are told beside the call, and at once of what many calls have had.</summary>
    public void Count(double amount)
    {
        lock (_gate)
        {
            _here.WaitFor(0);
            _here.Take(amount);
            if (shared is null)
            {
                return;
            }

            _untold += amount;
            if (_isTelling)
            {
                return;
            }

            _isTelling = true;
        }

        // It is part of no call's trace.
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(() => TellAsync(shared));
        }
    }

    private async Task<TimeSpan> AskAsync(double amount, RateAsk ask)
    {
        var together = shared is null ? null : await shared.AskAsync(name, perMinute, amount, ask);
        lock (_gate)
        {
            var here = _here.WaitFor(amount);
            if ((together ?? here) is { Ticks: > 0 } wait)
            {
                return wait;
            }

            if (ask == RateAsk.Take)
            {
                _here.Take(amount);
            }

            return TimeSpan.Zero;
        }
    }

    private async Task TellAsync(ISharedRates rates)
    {
        while (true)
        {
            double amount;
            lock (_gate)
            {
                (amount, _untold) = (_untold, 0);
                if (amount == 0)
                {
                    _isTelling = false;
                    return;
                }
            }

            await rates.AskAsync(name, perMinute, amount, RateAsk.Owe);
        }
    }
}
