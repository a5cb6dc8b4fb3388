using Sensorium.Core.Errors;

namespace Sensorium.Core.Encoding.Pipeline;

/// <summary>Bounds what is under way, before anything has been spent on it.</summary>
internal sealed class AdmissionGate(string name, int capacity)
{
    private readonly Lock _gate = new();
    private int _pending;

    /// <summary>Admits all items or none; a request that is larger than the gate passes alone. Throws OVERLOADED.</summary>
    public IDisposable Enter(int items, Func<TimeSpan> retryAfter)
    {
        lock (_gate)
        {
            if (_pending > 0 && _pending + items > capacity)
            {
                throw SensoriumException.Overloaded(
                    $"The {name} encoder has {_pending} items under way and takes {capacity}; {items} more do not fit.", retryAfter());
            }

            _pending += items;
        }

        return new Pass(this, items);
    }

    private void Leave(int items)
    {
        lock (_gate)
        {
            _pending -= items;
        }
    }

    private sealed class Pass(AdmissionGate gate, int items) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                gate.Leave(items);
            }
        }
    }
}
