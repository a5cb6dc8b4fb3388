using Sensorium.Bench.Load;

namespace Sensorium.Bench.Scale;

/// <summary>
/// Many replicas in simulated time. Each admits or refuses by the product's own admission; each gateway goes round all replicas
/// in the order of DNS, as its channels do, and knows nothing of the other gateways. Calls come at random.
/// </summary>
internal sealed class ScaleSimulation
{
    private const double MeanServiceMs = 10;
    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(4);

    private readonly SimulatedTime _time = new();
    private readonly Random _random = new(1);
    private readonly SimulatedReplica[] _replicas;
    private readonly int[] _turns;
    private readonly PriorityQueue<SimulatedReplica, long> _endings = new();
    private readonly List<double> _waits = [];
    private long _came;
    private long _refused;
    private long _done;

    private ScaleSimulation(int replicas, int gateways)
    {
        _replicas = [.. Enumerable.Range(0, replicas).Select(_ => new SimulatedReplica(_time))];
        _turns = [.. Enumerable.Range(0, gateways).Select(_ => _random.Next(replicas))];
    }

    private bool Counts => _time.Elapsed >= Warmup;

    public static IEnumerable<SimulatedRun> RunAll() =>
        from replicas in (int[])[1, 10, 100, 1000]
        from load in (double[])[0.7, 0.9, 1.5]
        select new ScaleSimulation(replicas, Math.Max(1, replicas / 10)).Run(load);

    private SimulatedRun Run(double load)
    {
        var arrivalsPerMs = load * _replicas.Length / MeanServiceMs;
        var next = Exponential(1 / arrivalsPerMs);
        while (_time.Elapsed < Warmup + Length)
        {
            if (_endings.TryPeek(out _, out var end) && end <= next)
            {
                _time.Now = end;
                End(_endings.Dequeue());
            }
            else
            {
                _time.Now = next;
                Arrive();
                next += Exponential(1 / arrivalsPerMs);
            }
        }

        var capacity = _replicas.Length * Length.TotalMilliseconds / MeanServiceMs;
        return new SimulatedRun(
            _replicas.Length, _turns.Length, load, _done / Math.Min(_came, capacity), (double)_refused / _came,
            Statistics.Quantile(_waits, 0.5), Statistics.Quantile(_waits, 0.99));
    }

    private void Arrive()
    {
        _came += Counts ? 1 : 0;
        var gateway = _random.Next(_turns.Length);
        var replica = _replicas[_turns[gateway] = (_turns[gateway] + 1) % _replicas.Length];
        if (!replica.TryEnter())
        {
            _refused += Counts ? 1 : 0;
        }
        else if (replica.IsIdle)
        {
            Begin(replica);
        }
    }

    private void Begin(SimulatedReplica replica)
    {
        var waited = replica.Begin();
        if (Counts)
        {
            _waits.Add(waited.TotalMilliseconds);
        }

        _endings.Enqueue(replica, _time.Now + Exponential(MeanServiceMs));
    }

    private void End(SimulatedReplica replica)
    {
        replica.End();
        _done += Counts ? 1 : 0;
        if (replica.HasWaiting)
        {
            Begin(replica);
        }
    }

    private long Exponential(double meanMs) => (long)(-Math.Log(1 - _random.NextDouble()) * meanMs * TimeSpan.TicksPerMillisecond);
}
