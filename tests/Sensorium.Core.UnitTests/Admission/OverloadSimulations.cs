using Sensorium.Core.Admission;
using Xunit;

namespace Sensorium.Core.UnitTests.Admission;

/// <summary>Runs of a service that serves one item after the other, in simulated time.</summary>
public sealed class OverloadSimulations : AdmissionTestBase
{
    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    public void Under_overload_what_is_admitted_waits_no_longer_than_the_limit_and_no_time_is_lost(int timesTheCapacity)
    {
        ServeUnderLoad(PerItem);

        var waits = Flood(3_000, timesTheCapacity, () => PerItem);

        Assert.True(waits.Max() <= Options.MaxExpectedWait + PerItem + PerItem, $"The longest wait was {waits.Max()}.");
        Assert.True(waits.Count >= 2_970, $"{waits.Count} were served.");
    }

    [Fact]
    public void A_flood_after_single_calls_is_shed_as_soon_as_the_first_of_it_have_been_served()
    {
        ServeAlone(40, PerItem);

        var waits = Flood(1_000, 10, () => PerItem);

        Assert.True(waits.Take(100).Max() <= 5 * Options.MaxExpectedWait, $"At first the longest wait was {waits.Take(100).Max()}.");
        Assert.True(waits.Skip(200).Max() <= 1.2 * Options.MaxExpectedWait, $"Later the longest wait was {waits.Skip(200).Max()}.");
    }

    [Fact]
    public void A_flood_of_long_deadlines_waits_for_half_of_them()
    {
        ServeUnderLoad(PerItem);

        var waits = Flood(1_000, 10, () => PerItem, TimeSpan.FromSeconds(2));

        Assert.InRange(waits.Max().TotalSeconds, 0.95, 1.05);
    }

    [Fact]
    public void A_service_that_becomes_slower_admits_less()
    {
        ServeUnderLoad(PerItem);

        var waits = Flood(1_000, 10, () => 4 * PerItem);

        Assert.InRange(waits.TakeLast(100).Max() / (8 * 4 * PerItem), 0.9, 1.1);
    }

    [Fact]
    public void Heavy_tails_neither_close_the_gate_nor_open_it_wide()
    {
        // One item of fifty takes a hundred times as long: three times the usual one in the mean.
        var random = new Random(1);
        TimeSpan Next() => random.Next(50) == 0 ? 100 * PerItem : PerItem;
        ServeUnderLoad(PerItem);

        var waits = Flood(3_000, 10, Next);

        Assert.InRange(waits.Order().ElementAt(waits.Count / 2).TotalMilliseconds, 100, 1_000);
        Assert.True(waits.Max() <= TimeSpan.FromSeconds(6), $"The longest wait was {waits.Max()}.");
    }

    [Theory]
    [InlineData(6, 540)]
    [InlineData(40, 21)]
    public void What_comes_at_once_after_single_calls_is_answered(int calls, double milliseconds)
    {
        Options.MaxExpectedWait = TimeSpan.FromMilliseconds(500);
        ServeAlone(40, TimeSpan.FromMilliseconds(milliseconds));

        var admitted = Enumerable.Range(0, calls).Select(_ => Enter()).ToList();

        admitted.ForEach(one => one.Dispose());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void After_an_item_that_hung_three_good_ones_are_enough(bool givenUp)
    {
        Options.MaxExpectedWait = TimeSpan.FromMilliseconds(500);
        var each = TimeSpan.FromMilliseconds(200);
        ServeAlone(40, each);
        using (var stuck = Enter())
        {
            Time.Advance(TimeSpan.FromMinutes(1));
            using var duringTheHang = Enter();
            if (!givenUp)
            {
                Serve(stuck);
            }
        }

        ServeAlone(3, each);

        using var before = Enter(6);
        using var next = Enter();
        using var many = Enter(64);
        Assert.InRange(RefusedFor().TotalSeconds, 2, 8);
    }

    [Fact]
    public void One_long_medium_does_not_make_all_look_long()
    {
        ServeUnderLoad(PerItem);
        ServeAlone(1, 64 * PerItem, 64 * Units);

        using var before = Enter(15);

        Enter().Dispose();
    }

    // Each step serves one item; so many come meanwhile. Gives the waits of what was admitted, in order.
    private List<TimeSpan> Flood(int steps, int arrivals, Func<TimeSpan> cost, TimeSpan? deadline = null)
    {
        var queue = new Queue<(AdmittedItems Request, DateTimeOffset Came)>();
        var waits = new List<TimeSpan>();
        for (var step = 0; step < steps; step++)
        {
            for (var arrival = 0; arrival < arrivals; arrival++)
            {
                if (TryEnter(deadline) is { } request)
                {
                    queue.Enqueue((request, Time.GetUtcNow()));
                }
            }

            if (queue.TryDequeue(out var next))
            {
                waits.Add(Time.GetUtcNow() - next.Came);
                Serve(next.Request, cost());
            }
            else
            {
                Time.Advance(PerItem);
            }
        }

        return waits;
    }
}
