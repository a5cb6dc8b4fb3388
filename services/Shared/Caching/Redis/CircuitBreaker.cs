namespace Sensorium.Caching.Redis;

/// <summary>
/// After a number of failures in a row nothing is tried for a while; then one probe decides whether everything is
/// tried again.
/// </summary>
internal sealed class CircuitBreaker(int failuresToOpen, TimeSpan breakDuration, TimeProvider time)
{
    private readonly Lock _lock = new();
    private int _failures;
    private long _openedAt;
    private bool _isOpen;
    private bool _isProbing;

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

    /// <summary>Whether to try. Whoever may must report how it went.</summary>
    public bool MayTry()
    {
        lock (_lock)
        {
            if (!_isOpen)
            {
                return true;
            }

            if (_isProbing || time.GetElapsedTime(_openedAt) < breakDuration)
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
            (_failures, _isOpen, _isProbing) = (0, false, false);
            return closed;
        }
    }

    /// <returns>True if this opened the circuit; false if it stays as it was.</returns>
    public bool ReportFailure()
    {
        lock (_lock)
        {
            // A call that began before the circuit opened says nothing new.
            if ((_isOpen && !_isProbing) || (!_isOpen && ++_failures < failuresToOpen))
            {
                return false;
            }

            var opened = !_isOpen;
            (_isOpen, _isProbing, _openedAt) = (true, false, time.GetTimestamp());
            return opened;
        }
    }
}
