using Sensorium.Core.Admission;
using Sensorium.Core.Batching;
using Sensorium.Core.Tenancy;
using Sensorium.Core.UnitTests.Admission;
using Xunit;

namespace Sensorium.Core.UnitTests.Tenancy;

/// <summary>
/// A service of 100 items a second that two tenants share, in simulated time, with the admission and the queue that encoders
/// have. One tenant always asks for 30 items a second; the other for what the simulation says.
/// </summary>
public sealed class FloodSimulations : AdmissionTestBase
{
    private const int Steps = 6_000;
    private const double Steady = 0.3;
    private const double WithinItsShare = 0.65;
    private const double Flood = 4;

    private static readonly Tenant Quiet = new("quiet");
    private static readonly Tenant Loud = new("loud");

    [Fact]
    public void A_flood_is_refused_and_raises_the_99th_percentile_of_others_by_no_more_than_a_fifth()
    {
        var calm = Run(Quiet, Loud, WithinItsShare);
        var flooded = Run(Quiet, Loud, Flood);

        Assert.True(flooded.QuietLatency(0.99) <= 1.2 * calm.QuietLatency(0.99), $"{calm.QuietLatency(0.99)} became {flooded.QuietLatency(0.99)}.");
        Assert.Equal(0, flooded.RefusedOfQuiet);
        Assert.True(flooded.RefusedOfLoud > 2 * Steps, $"{flooded.RefusedOfLoud} were refused.");
    }

    [Fact]
    public void As_much_is_served_as_by_arrival_where_others_are_refused_with_the_flood()
    {
        var byArrival = Run(Tenant.Default, Tenant.Default, Flood);
        var byShares = Run(Quiet, Loud, Flood);

        Assert.InRange((double)byShares.Served / byArrival.Served, 0.95, 1.05);
        Assert.True(byShares.Served >= 0.99 * Steps, $"{byShares.Served} were served.");
        Assert.True(byArrival.RefusedOfQuiet > Steady * Steps / 2, $"{byArrival.RefusedOfQuiet} were refused.");
    }

    [Fact]
    public void The_bound_of_items_is_shared_too()
    {
        Options.MaxPendingItems = 20;
        using var flood = Enter(20, tenant: Loud);
        RefusedFor(1, tenant: Loud);

        using var first = Enter(9, tenant: Quiet);
        using var second = Enter(1, tenant: Quiet);

        RefusedFor(1, tenant: Quiet);
    }

    private Outcome Run(Tenant quiet, Tenant loud, double arrivalsPerStep)
    {
        var random = new Random(7);
        var queue = new BatchQueue<Asked, int>(PriorityLevels.HeadStartIn(Time));
        var outcome = new Outcome();
        ServeUnderLoad(PerItem);
        for (var step = 0; step < Steps; step++)
        {
            Arrive(loud, arrivalsPerStep, isQuiet: false);
            Arrive(quiet, Steady, isQuiet: true);
            if (queue.Take(new BatcherOptions { MaxBatchSize = 1 }) is [var next])
            {
                var asked = next.Item.Input;
                Serve(asked.Admitted);
                outcome.Serve(asked.IsQuiet, Time.GetUtcNow() - asked.Came);
            }
            else
            {
                Time.Advance(PerItem);
            }
        }

        foreach (var left in queue.RemoveAll())
        {
            left.Item.Input.Admitted.Dispose();
        }

        return outcome;

        // In whole numbers that are as many in the mean.
        void Arrive(Tenant tenant, double mean, bool isQuiet)
        {
            var count = (int)mean + (random.NextDouble() < mean - (int)mean ? 1 : 0);
            for (var i = 0; i < count; i++)
            {
                if (TryEnter(tenant: tenant) is not { } admitted)
                {
                    outcome.Refuse(isQuiet);
                    continue;
                }

                var item = new BatchItem<Asked>(new Asked(admitted, Time.GetUtcNow(), isQuiet), Units, "") { Tenant = tenant };
                queue.Add(new BatchEntry<Asked, int>(item, Time.GetTimestamp()));
            }
        }
    }

    private sealed record Asked(AdmittedItems Admitted, DateTimeOffset Came, bool IsQuiet);

    private sealed class Outcome
    {
        private readonly List<TimeSpan> _quiet = [];

        public int Served { get; private set; }

        public int RefusedOfQuiet { get; private set; }

        public int RefusedOfLoud { get; private set; }

        public TimeSpan QuietLatency(double share) => _quiet.Order().ElementAt((int)(share * _quiet.Count));

        public void Serve(bool isQuiet, TimeSpan latency)
        {
            Served++;
            if (isQuiet)
            {
                _quiet.Add(latency);
            }
        }

        public void Refuse(bool isQuiet) => (RefusedOfQuiet, RefusedOfLoud) = isQuiet ? (RefusedOfQuiet + 1, RefusedOfLoud) : (RefusedOfQuiet, RefusedOfLoud + 1);
    }
}
