using System.Diagnostics.Metrics;
using Sensorium.Core.Errors;

namespace Sensorium.Hosting.Policies.Draining;

/// <summary>Counts calls under way and, once draining has begun, lets no new one in.</summary>
public sealed class CallTracker : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _draining = new();
    private readonly CancellationTokenSource _cutOff = new();
    private int _active;

    public CallTracker(IMeterFactory meters) =>
        meters.Create("Sensorium").CreateObservableGauge(
            "sensorium.host.calls.active", () => Active, "{call}", "Calls under way, without health and reflection.");

    public int Active => Volatile.Read(ref _active);

    /// <summary>Cancelled when draining begins.</summary>
    public CancellationToken Draining => _draining.Token;

    /// <summary>Cancelled when calls have been awaited for long enough: those under way end with <see cref="CutOffError"/>.</summary>
    public CancellationToken CutOff => _cutOff.Token;

    /// <summary>What a call is told that is ended because the process stops.</summary>
    public static SensoriumException CutOffError() =>
        SensoriumException.Unavailable(ErrorReasons.Draining, "This process is stopping and could wait for the call no longer; another one may answer.");

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

    public void EndCalls() => _cutOff.Cancel();

    /// <summary>Completes when draining has begun and the last call has left.</summary>
    public Task WhenIdleAsync() => _idle.Task;

    public void Dispose()
    {
        _draining.Dispose();
        _cutOff.Dispose();
    }

    private void SignalIfIdle()
    {
        if (_active == 0 && _draining.IsCancellationRequested)
        {
            _idle.TrySetResult();
        }
    }
}
