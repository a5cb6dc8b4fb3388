using Microsoft.Extensions.Time.Testing;
using Sensorium.Core.Admission;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation;
using Sensorium.Core.Generation.Scheduling;
using Sensorium.Core.Tenancy;
using Sensorium.Core.UnitTests.Generation;
using Xunit;

namespace Sensorium.Core.UnitTests.Tenancy;

/// <summary>Slots of the decoder, shared by tenants.</summary>
public sealed class SharedSlotsTests
{
    private static readonly Tenant Loud = new("loud");
    private static readonly Tenant Quiet = new("quiet");

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Slots_go_round_the_tenants_who_wait()
    {
        var queue = Filled([.. Enumerable.Repeat(Loud, 4), Quiet, Quiet]);

        Assert.Equal([Loud, Quiet, Loud, Quiet, Loud, Loud], Enumerable.Range(0, 6).Select(_ => queue.TryDequeue(1)!.Tenant));
    }

    [Fact]
    public void A_flood_of_another_tenant_is_not_before_a_request()
    {
        var queue = Filled([.. Enumerable.Repeat(Loud, 9)]);

        Assert.Equal(
            (9, 9, 0), (queue.RowsBefore(RequestPriority.Normal), queue.RowsBefore(RequestPriority.Normal, Loud), queue.RowsBefore(RequestPriority.Normal, Quiet)));
    }

    [Fact]
    public void Who_writes_long_texts_gets_fewer_of_them()
    {
        var queue = Filled([.. Enumerable.Range(0, 60).Select(i => i % 2 == 0 ? Loud : Quiet)]);
        var given = new List<Tenant>();
        for (var i = 0; i < 24; i++)
        {
            var job = queue.TryDequeue(1)!;
            given.Add(job.Tenant);
            queue.Settle(job, job.Tenant == Loud ? 30 : 10);
        }

        Assert.InRange(given.Count(tenant => tenant == Quiet), 17, 19);
    }

    [Fact]
    public void Sequences_that_may_be_under_way_are_shared()
    {
        var options = new GenerationOptions { MaxRunningSequences = 4, MaxQueuedSequences = 4 };
        var admitted = new AdmittedSequences(new AdmissionGate("decoder", options.AdmissionLimits, new AdmissionMetrics("generation"), _time));
        var flood = Enumerable.Range(0, 8).Select(_ => Enter(Loud)).ToArray();
        Assert.Throws<SensoriumException>(() => Enter(Loud));

        var quiet = Enumerable.Range(0, 4).Select(_ => Enter(Quiet)).ToArray();

        Assert.Throws<SensoriumException>(() => Enter(Quiet));
        Array.ForEach([.. flood, .. quiet], ticket => ticket.Dispose());
        Enter(Loud).Dispose();

        IDisposable Enter(Tenant tenant) => admitted.Enter(1, pending => new QueueState(pending, null, null), deadline: null, tenant);
    }

    private WaitingQueue Filled(Tenant[] tenants)
    {
        var queue = new WaitingQueue(_time);
        foreach (var tenant in tenants)
        {
            queue.Enqueue(SlotAdmissionTests.Job("one", RequestPriority.Normal, tenant));
        }

        return queue;
    }
}
