using FsCheck;
using FsCheck.Fluent;
using Sensorium.Core.Tenancy;
using Xunit;

namespace Sensorium.Core.UnitTests.Tenancy;

public sealed class FairQueueProperties
{
    private const int Levels = 3;
    private const long HeadStart = 20;

    private static readonly Tenant One = new("one");
    private static readonly Tenant Other = new("other");
    private static readonly Tenant Heavy = new("heavy", 3);

    /// <summary>What comes, in the order of its times.</summary>
    private static readonly Arbitrary<(int Level, int Cost, int Gap)[]> Arrivals = Gen.ArrayOf(
        from level in Gen.Choose(0, Levels - 1)
        from cost in Gen.Choose(1, 50)
        from gap in Gen.Choose(0, 10)
        select (level, cost, gap)).ToArbitrary();

    [Fact]
    public void One_tenant_alone_is_served_by_arrival_and_priority_whatever_things_cost() => Check(Arrivals, arrivals =>
    {
        var queue = new FairQueue<int>(Levels, HeadStart);
        var expected = new List<(long Place, int Level, int Index)>();
        long now = 0;
        foreach (var (index, (level, cost, gap)) in arrivals.Index())
        {
            now += gap;
            queue.Add(index, One, level, cost, now);
            expected.Add((now + (level * HeadStart), level, index));
        }

        return TakeAll(queue).Select(place => place.Value).SequenceEqual(expected.Order().Select(place => place.Index));
    });

    [Fact]
    public void The_order_that_is_told_is_the_order_in_which_places_are_served() => Check(Arrivals, arrivals =>
    {
        var queue = Mixed(arrivals);
        var told = queue.InOrder().ToList();
        return TakeAll(queue).SequenceEqual(told);
    });

    [Fact]
    public void Nothing_overtakes_what_its_tenant_asked_for_before_on_the_same_level() => Check(Arrivals, arrivals =>
        TakeAll(Mixed(arrivals)).GroupBy(place => (place.Tenant, place.Level)).All(line =>
            line.Select(place => place.Order).SequenceEqual(line.Select(place => place.Order).Order())));

    [Fact]
    public void While_both_wait_no_tenant_is_ahead_of_its_share_by_more_than_the_largest_cost_of_each() => Check(Arrivals, arrivals =>
    {
        var queue = new FairQueue<int>(1, 0);
        foreach (var (index, arrival) in arrivals.Index())
        {
            queue.Add(index, index % 2 == 0 ? One : Heavy, 0, arrival.Cost, 0);
        }

        var given = new Dictionary<Tenant, double> { [One] = 0, [Heavy] = 0 };
        while (queue.Places.Any(place => place.Tenant == One) && queue.Places.Any(place => place.Tenant == Heavy))
        {
            var next = queue.First!;
            queue.Remove(next, served: true);
            given[next.Tenant] += next.Cost / next.Tenant.Weight;
        }

        return Math.Abs(given[One] - given[Heavy]) <= 50 + (50 / Heavy.Weight);
    });

    [Fact]
    public void Whoever_comes_late_goes_before_a_flood_and_owes_nothing_for_the_time_before()
    {
        var queue = new FairQueue<int>(1, 0);
        Add(queue, One, 10);
        TakeSome(queue, 4);

        Add(queue, Other, 3);

        Assert.Equal([Other, One, Other, One, Other, One, One, One, One], TakeAll(queue).Select(place => place.Tenant));
    }

    [Fact]
    public void Weights_are_the_shares()
    {
        var queue = new FairQueue<int>(1, 0);
        Add(queue, One, 40);
        Add(queue, Heavy, 40);

        Assert.Equal(30, TakeSome(queue, 40).Count(place => place.Tenant == Heavy));
    }

    [Fact]
    public void What_is_given_up_costs_its_tenant_nothing()
    {
        var queue = new FairQueue<int>(1, 0);
        var dear = queue.Add(0, One, 0, 1_000, 0);
        Add(queue, One, 1);
        Add(queue, Other, 2);
        queue.Remove(dear, served: false);

        Assert.Equal([One, Other, Other], TakeAll(queue).Select(place => place.Tenant));
        Assert.False(queue.Remove(dear, served: false));
    }

    [Fact]
    public void What_has_cost_more_than_was_charged_counts_against_the_next()
    {
        var queue = new FairQueue<int>(1, 0);
        Add(queue, One, 3);
        Add(queue, Other, 3);
        Assert.Equal([One, Other], TakeSome(queue, 2).Select(place => place.Tenant));

        queue.Charge(One, 0, 1.5);

        Assert.Equal([Other, Other, One, One], TakeAll(queue).Select(place => place.Tenant));
    }

    private static FairQueue<int> Mixed((int Level, int Cost, int Gap)[] arrivals)
    {
        var queue = new FairQueue<int>(Levels, HeadStart);
        Tenant[] tenants = [One, Other, Heavy];
        long now = 0;
        foreach (var (index, (level, cost, gap)) in arrivals.Index())
        {
            now += gap;
            queue.Add(index, tenants[(index + cost) % tenants.Length], level, cost, now);
        }

        return queue;
    }

    private static void Add(FairQueue<int> queue, Tenant tenant, int count)
    {
        for (var i = 0; i < count; i++)
        {
            queue.Add(i, tenant, 0, 1, 0);
        }
    }

    private static List<FairPlace<int>> TakeAll(FairQueue<int> queue) => TakeSome(queue, queue.Count);

    private static List<FairPlace<int>> TakeSome(FairQueue<int> queue, int count)
    {
        var taken = new List<FairPlace<int>>();
        for (var i = 0; i < count; i++)
        {
            taken.Add(queue.First!);
            Assert.True(queue.Remove(taken[^1], served: true));
        }

        return taken;
    }

    private static void Check<T>(Arbitrary<T> values, Func<T, bool> property) =>
        FsCheck.Fluent.Prop.ForAll(values, property).QuickCheckThrowOnFailure();
}
