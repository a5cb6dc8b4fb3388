using Microsoft.Extensions.Time.Testing;
using Sensorium.Core.Admission;
using Sensorium.Core.Encoding.Pipeline;
using Sensorium.Core.Errors;
using Sensorium.Core.Tenancy;

namespace Sensorium.Core.UnitTests.Admission;

/// <summary>Admission by expected wait, in front of a service that takes 10 ms per item of 5 work units.</summary>
public abstract class AdmissionTestBase
{
    private protected const int Units = 5;
    private protected static readonly TimeSpan PerItem = TimeSpan.FromMilliseconds(10);

    private readonly Backlog _backlog;

    protected AdmissionTestBase() => _backlog = new Backlog(
        new AdmissionGate("test encoder", Options.AdmissionLimits, new AdmissionMetrics("test"), Time), Time);

    private protected QueueState State => _backlog.State;

    private protected FakeTimeProvider Time { get; } = new();

    private protected EncoderOptions Options { get; } =
        new() { MaxExpectedWait = TimeSpan.FromMilliseconds(200), MaxPendingItems = 10_000 };

    private protected AdmittedItems Enter(int items = 1, RequestPriority priority = RequestPriority.Normal, TimeSpan? deadline = null, Tenant? tenant = null) =>
        _backlog.Enter(items, priority, deadline is { } left ? Time.GetUtcNow() + left : null, tenant);

    private protected AdmittedItems? TryEnter(TimeSpan? deadline = null, Tenant? tenant = null)
    {
        try
        {
            return Enter(deadline: deadline, tenant: tenant);
        }
        catch (SensoriumException)
        {
            return null;
        }
    }

    private protected TimeSpan RefusedFor(
        int items = 1, RequestPriority priority = RequestPriority.Normal, TimeSpan? deadline = null, Tenant? tenant = null) =>
        Xunit.Assert.Throws<SensoriumException>(() => Enter(items, priority, deadline, tenant)).RetryAfter!.Value;

    /// <summary>So many single calls, one after the other.</summary>
    private protected void ServeAlone(int calls, TimeSpan each, int units = Units)
    {
        for (var i = 0; i < calls; i++)
        {
            using var one = Enter();
            Serve(one, each, units);
        }
    }

    /// <summary>Keeps the service busy until its speed is known.</summary>
    private protected void ServeUnderLoad(TimeSpan each)
    {
        var queue = new Queue<AdmittedItems>(Enumerable.Range(0, 6).Select(_ => Enter()));
        for (var i = 0; i < 400; i++)
        {
            queue.Enqueue(Enter());
            Serve(queue.Dequeue(), each);
        }

        foreach (var left in queue)
        {
            left.Dispose();
        }
    }

    private protected void Serve(AdmittedItems request, TimeSpan? time = null, int units = Units)
    {
        request[0].Prepared(units);
        request[0].PreparedAll();
        Time.Advance(time ?? PerItem);
        request[0].Done(units);
        request[0].End(served: true);
    }
}
