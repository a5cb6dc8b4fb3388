namespace Sensorium.Core.Admission;

/// <summary>
/// After a number of failures in a row nothing is tried for a while; then one probe decides whether everything is
/// tried again. Each probe that fails makes the while longer.
/// </summary>
/// <param name="failuresToOpen">In a row.</param>
/// <param name="shortest">The first while.</param>
/// <param name="longest">What doubling it ends at.</param>
/// <param name="time">By which it is measured.</param>
public sealed class CircuitBreaker(int failuresToOpen, TimeSpan shortest, TimeSpan longest, TimeProvider time)
{
    private readonly Lock _lock = new();
    private TimeSpan? _longer;
    private int _failures;
    private long _openedAt;
    private bool _isOpen;
    private bool _isProbing;

    /// <summary>Each while is as long as the first.</summary>
    public CircuitBreaker(int failuresToOpen, TimeSpan duration, TimeProvider time)
        : this(failuresToOpen, duration, duration, time)
    {
    }

    public bool IsOpen
    {
        get
        {
            lock (_lock)
            {
                return _isOpen;
            }
        }
    }

    private TimeSpan Duration => _longer ?? shortest;

    /// <summary>Whether to try. Whoever may must report how it went.</summary>
    public bool MayTry()
    {
        lock (_lock)
        {
            if (!_isOpen)
            {
                return true;
            }

            if (_isProbing || time.GetElapsedTime(_openedAt) < Duration)
            {
                return false;
            }

            return _isProbing = true;
        }
    }

    /// <returns>True if this closed the circuit.</returns>
    public bool ReportSuccess()
    {
        lock (_lock)
        {
            var closed = _isOpen;
            (_failures, _isOpen, _isProbing, _longer) = (0, false, false, null);
            return closed;
        }
    }

    /// <summary>A probe that shows less than a success: everything is tried again, and the first failure opens the circuit for longer.</summary>
    public void Readmit()
    {
        lock (_lock)
        {
            (_failures, _isOpen, _isProbing) = (failuresToOpen - 1, false, false);
            Lengthen();
        }
    }

    /// <returns>True if this opened the circuit; false if it stays as it was.</returns>
    public bool ReportFailure()
    {
        lock (_lock)
        {
            // A call that began before the circuit opened says nothing new.
            return !(_isOpen && !_isProbing) && (_isOpen || ++_failures >= failuresToOpen) && Open();
        }
    }

    /// <summary>Opens without waiting for more failures: what is known leaves no doubt.</summary>
    /// <returns>True if this opened the circuit.</returns>
    public bool Trip()
    {
        lock (_lock)
        {
            return !_isOpen && Open();
        }
    }

    private bool Open()
    {
        var opened = !_isOpen;
        if (_isProbing)
        {
            Lengthen();
        }

        (_isOpen, _isProbing, _openedAt) = (true, false, time.GetTimestamp());
        return opened;
    }

    private void Lengthen() => _longer = Duration * 2 < longest ? Duration * 2 : longest;
}
