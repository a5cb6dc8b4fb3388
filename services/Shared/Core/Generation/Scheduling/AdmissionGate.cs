using Sensorium.Core.Errors;

namespace Sensorium.Core.Generation.Scheduling;

/// <summary>Bounds the sequences that are in the house, from the call to its end, so that overload is refused before it costs anything.</summary>
internal sealed class AdmissionGate(GenerationOptions options, TimeProvider time)
{
    private const double Smoothing = 0.1;
    private static readonly TimeSpan ShortestRetry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(30);
    private readonly Lock _gate = new();
    private readonly int _limit = options.MaxRunningSequences + options.MaxQueuedSequences;
    private int _rows;
    private double _meanSeconds = 0.5;

    /// <summary>Dispose the result when the request is over. Throws OVERLOADED with the time after which room is likely.</summary>
    public IDisposable Enter(int rows)
    {
        lock (_gate)
        {
            if (_rows + rows > _limit)
            {
                throw SensoriumException.Overloaded(
                    $"{_rows} sequences are running or waiting and {rows} more were asked for; the limit is {_limit}.", RetryDelay(rows));
            }

            _rows += rows;
        }

        return new Ticket(this, rows, time.GetTimestamp());
    }

    // Room for the rows comes free as those that run are done, MaxRunningSequences in about the mean time of a request.
    private TimeSpan RetryDelay(int rows)
    {
        var delay = TimeSpan.FromSeconds(_meanSeconds * Math.Max(1.0, (_rows + rows - _limit) / (double)options.MaxRunningSequences));
        return delay < ShortestRetry ? ShortestRetry : delay > LongestRetry ? LongestRetry : delay;
    }

    private void Leave(int rows, TimeSpan stayed)
    {
        lock (_gate)
        {
            _rows -= rows;
            _meanSeconds += Smoothing * (stayed.TotalSeconds - _meanSeconds);
        }
    }

    private sealed class Ticket(AdmissionGate gate, int rows, long entered) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                gate.Leave(rows, gate.Elapsed(entered));
            }
        }
    }

    private TimeSpan Elapsed(long since) => time.GetElapsedTime(since);
}
