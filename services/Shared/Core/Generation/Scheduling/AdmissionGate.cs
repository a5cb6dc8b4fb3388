using Sensorium.Core.Batching;
using Sensorium.Core.Errors;

namespace Sensorium.Core.Generation.Scheduling;

/// <summary>
/// Bounds the sequences that are in the house, from the call to its end, and the time that they wait for a slot, so that
/// overload is refused before it costs anything.
/// </summary>
internal sealed class AdmissionGate(GenerationOptions options)
{
    private readonly Lock _gate = new();
    private readonly int _limit = options.MaxRunningSequences + options.MaxQueuedSequences;
    private int _rows;

    /// <summary>Dispose the result when the request is over. Throws OVERLOADED with the expected wait.</summary>
    /// <param name="wait">For a slot, behind the requests that wait for one now; null while nothing is known.</param>
    public IDisposable Enter(int rows, TimeSpan? wait)
    {
        if (wait > options.MaxExpectedWait)
        {
            throw SensoriumException.Overloaded(
                $"This request would wait about {wait.Value.TotalMilliseconds:F0} ms to be decoded; {options.MaxExpectedWait.TotalMilliseconds:F0} ms is the most.",
                DrainRate.RetryDelay(wait));
        }

        lock (_gate)
        {
            if (_rows + rows > _limit)
            {
                throw SensoriumException.Overloaded(
                    $"{_rows} sequences are running or waiting and {rows} more were asked for; the limit is {_limit}.", DrainRate.RetryDelay(wait));
            }

            _rows += rows;
        }

        return new Ticket(this, rows);
    }

    private void Leave(int rows)
    {
        lock (_gate)
        {
            _rows -= rows;
        }
    }

    private sealed class Ticket(AdmissionGate gate, int rows) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                gate.Leave(rows);
            }
        }
    }
}
