using Sensorium.Core.Admission;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Grpc.Balancing;

/// <summary>What is known of one replica from the calls that it was given, and whether it is given more.</summary>
/// <param name="options">Its bounds; at least one failure.</param>
/// <param name="checkAsync">Asks the replica for its health.</param>
/// <param name="events">Told when it is left out and when it is back.</param>
/// <param name="time">By which it is measured.</param>
internal sealed class PeerCircuit(PeerCircuitOptions options, Func<Task<PeerAnswer>> checkAsync, IPeerCircuitEvents events, TimeProvider time)
{
    private readonly CircuitBreaker _breaker = new(options.Failures, options.Duration, options.MaxDuration, time);
    private readonly Lock _gate = new();
    private long? _silentSince;
    private long _answers;
    private bool _isChecking;

    /// <summary>Whether nothing speaks against it.</summary>
    public bool IsClosed => !_breaker.IsOpen;

    /// <summary>Asks the replica for its health if it is time to; to be called for every call that could go to it.</summary>
    public void Consider()
    {
        lock (_gate)
        {
            if (_isChecking || !(_breaker.IsOpen ? _breaker.MayTry() : IsSilent()))
            {
                return;
            }

            _isChecking = true;
        }

        _ = CheckAsync();
    }

    /// <summary>A call goes to it.</summary>
    public PeerCall Begin()
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            _silentSince ??= now;
            return new PeerCall(now, _answers);
        }
    }

    /// <summary>A call was answered, be it with a refusal.</summary>
    public void Answered()
    {
        lock (_gate)
        {
            _answers++;
            _silentSince = null;
        }

        if (_breaker.ReportSuccess())
        {
            events.Closed();
        }
    }

    /// <summary>Its connection broke.</summary>
    public void Broke()
    {
        if (_breaker.ReportFailure())
        {
            events.Opened("failures");
        }
    }

    /// <summary>
    /// Its deadline passed, or its caller left. That is the replica's doing only if it has long answered nothing: callers give up for reasons of
    /// their own, too.
    /// </summary>
    public void GivenUp(PeerCall call)
    {
        bool hung;
        lock (_gate)
        {
            hung = call.Answers == _answers && time.GetElapsedTime(call.Start) >= options.Silence;
        }

        if (hung && _breaker.ReportFailure())
        {
            events.Opened("failures");
        }
    }

    private bool IsSilent() => _silentSince is { } since && time.GetElapsedTime(since) >= options.Silence;

    private async Task CheckAsync()
    {
        var answer = await checkAsync();
        var wasOpen = _breaker.IsOpen;
        lock (_gate)
        {
            // A replica that works on something long says so by its health; it is asked again after as long.
            _silentSince = answer == PeerAnswer.None || _silentSince is null ? _silentSince : time.GetTimestamp();
            _isChecking = false;
        }

        if (wasOpen)
        {
            Probed(answer);
        }
        else if (answer == PeerAnswer.None && _breaker.Trip())
        {
            events.Opened("silence");
        }
    }

    private void Probed(PeerAnswer answer)
    {
        if (answer == PeerAnswer.Serves)
        {
            _breaker.Readmit();
            events.Closed();
        }
        else
        {
            _breaker.ReportFailure();
        }
    }
}

/// <summary>A call that a replica was given.</summary>
/// <param name="Start">When.</param>
/// <param name="Answers">How many it had answered before.</param>
internal readonly record struct PeerCall(long Start, long Answers);

/// <summary>To the question for its health.</summary>
internal enum PeerAnswer
{
    None,
    ServesNot,
    Serves,
}

/// <summary>Of one replica.</summary>
internal interface IPeerCircuitEvents
{
    void Opened(string reason);

    void Closed();
}
