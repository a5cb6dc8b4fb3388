using Sensorium.Core.Admission;

namespace Sensorium.Core.Generation.Scheduling;

/// <summary>
/// Counts sequences from the call to its end. The gate bounds them, and the time that they wait for a slot, so that overload is
/// refused before it costs anything.
/// </summary>
internal sealed class AdmittedSequences(AdmissionGate gate)
{
    private readonly Lock _lock = new();
    private int _rows;

    /// <summary>Dispose the result when the request is over. Throws OVERLOADED with the expected wait.</summary>
    /// <param name="queue">What the request finds, given the number of sequences that are under way.</param>
    public IDisposable Enter(int rows, Func<int, QueueState> queue, DateTimeOffset? deadline)
    {
        lock (_lock)
        {
            gate.Check(queue(_rows), rows, deadline);
            _rows += rows;
        }

        return new Ticket(this, rows);
    }

    private void Leave(int rows)
    {
        lock (_lock)
        {
            _rows -= rows;
        }
    }

    private sealed class Ticket(AdmittedSequences admitted, int rows) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                admitted.Leave(rows);
            }
        }
    }
}
