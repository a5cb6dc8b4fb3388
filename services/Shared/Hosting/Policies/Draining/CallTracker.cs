using System.Diagnostics.Metrics;

namespace Sensorium.Hosting.Policies.Draining;

/// <summary>Counts calls under way and, once draining has begun, lets no new one in.</summary>
public sealed class CallTracker : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _draining = new();
    private int _active;

    public CallTracker(IMeterFactory meters) =>
        meters.Create("Sensorium").CreateObservableGauge(
            "sensorium.host.calls.active", () => Active, "{call}", "Calls under way, without health and reflection.");

    public int Active => Volatile.Read(ref _active);

    /// <summary>Cancelled when draining begins.</summary>
    public CancellationToken Draining => _draining.Token;

    /// <summary>False once draining has begun.</summary>
    public bool TryEnter()
    {
        lock (_gate)
        {
            if (_draining.IsCancellationRequested)
            {
                return false;
            }

            _active++;
            return true;
        }
    }

    public void Exit()
    {
        lock (_gate)
        {
            _active--;
            SignalIfIdle();
        }
    }

    public void BeginDraining()
    {
        _draining.Cancel();
        lock (_gate)
        {
            SignalIfIdle();
        }
    }

    /// <summary>Completes when draining has begun and the last call has left.</summary>
    public Task WhenIdleAsync() => _idle.Task;

    public void Dispose() => _draining.Dispose();

    private void SignalIfIdle()
    {
        if (_active == 0 && _draining.IsCancellationRequested)
        {
            _idle.TrySetResult();
        }
    }
}
