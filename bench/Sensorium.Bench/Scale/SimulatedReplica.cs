using Sensorium.Core.Admission;
using Sensorium.Core.Encoding.Pipeline;
using Sensorium.Core.Errors;

namespace Sensorium.Bench.Scale;

/// <summary>An encoder that serves one item after the other, behind the product's admission with its default limits.</summary>
internal sealed class SimulatedReplica(SimulatedTime time)
{
    private static readonly EncoderOptions Options = new();

    private readonly Backlog _backlog = new(new AdmissionGate("vision encoder", Options.AdmissionLimits, new AdmissionMetrics("simulation"), time), time);
    private readonly Queue<(AdmittedItems Request, long Came)> _waiting = new();
    private AdmittedItems? _running;

    public bool IsIdle => _running is null;

    public bool HasWaiting => _waiting.Count > 0;

    /// <summary>False if it is refused.</summary>
    public bool TryEnter()
    {
        try
        {
            var request = _backlog.Enter(1, RequestPriority.Normal);
            request[0].Prepared(1);
            request[0].PreparedAll();
            _waiting.Enqueue((request, time.Now));
            return true;
        }
        catch (SensoriumException)
        {
            return false;
        }
    }

    /// <summary>Takes the next item on. Answers how long it has waited.</summary>
    public TimeSpan Begin()
    {
        var (request, came) = _waiting.Dequeue();
        _running = request;
        return TimeSpan.FromTicks(time.Now - came);
    }

    public void End()
    {
        _running![0].Done(1);
        _running[0].End(served: true);
        _running = null;
    }
}

/// <summary>Time that an event queue moves on.</summary>
internal sealed class SimulatedTime : TimeProvider
{
    /// <summary>In ticks.</summary>
    public long Now { get; set; }

    public TimeSpan Elapsed => TimeSpan.FromTicks(Now);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Now;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + Elapsed;
}
