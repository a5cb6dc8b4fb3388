using Sensorium.Core.Admission;
using Sensorium.Core.Errors;
using Xunit;

namespace Sensorium.Core.UnitTests.Admission;

public sealed class AdmissionTests : AdmissionTestBase
{
    [Fact]
    public void A_burst_is_admitted_while_nothing_has_been_measured()
    {
        using var burst = Enter(400);

        using var another = Enter(100);

        Options.MaxPendingItems = 512;
        Assert.Equal(TimeSpan.FromSeconds(1), RefusedFor(13));
    }

    [Fact]
    public void What_would_wait_longer_than_the_limit_is_refused_with_the_expected_wait()
    {
        ServeUnderLoad(PerItem);
        var admitted = Enumerable.Range(0, 21).Select(_ => Enter(1)).ToList();

        var error = Assert.Throws<SensoriumException>(() => Enter(1));

        Assert.Equal((ErrorCode.ResourceExhausted, ErrorReasons.Overloaded), (error.Code, error.Reason));
        Assert.InRange(error.RetryAfter!.Value.TotalMilliseconds, 205, 215);
        Assert.Contains("about 210 ms for the test encoder; 200 ms is the most", error.Message);
        Serve(admitted[0]);
        Enter(1).Dispose();
    }

    [Fact]
    public void A_request_is_not_judged_by_its_own_size()
    {
        ServeUnderLoad(PerItem);
        using var before = Enter(19);

        using var large = Enter(256);

        Assert.InRange(RefusedFor().TotalSeconds, 2.7, 2.8);
    }

    [Fact]
    public void A_few_items_are_admitted_however_slow_the_service_is()
    {
        ServeUnderLoad(TimeSpan.FromSeconds(3));

        var admitted = Enumerable.Range(0, 9).Select(_ => Enter()).ToList();

        Assert.InRange(RefusedFor().TotalSeconds, 26.9, 27.1);
        admitted.ForEach(one => one.Dispose());
        using var large = Enter(64);
        Assert.Equal(TimeSpan.FromSeconds(30), RefusedFor());
    }

    [Fact]
    public void A_deadline_says_how_long_a_request_may_wait()
    {
        ServeUnderLoad(PerItem);
        using var before = Enter(100);

        RefusedFor(deadline: TimeSpan.FromSeconds(1.9));
        Enter(deadline: TimeSpan.FromSeconds(2.1)).Dispose();
        before.Dispose();
        using var less = Enter(15);
        RefusedFor(deadline: TimeSpan.FromMilliseconds(140));
        RefusedFor(deadline: TimeSpan.FromMilliseconds(-1));
        Enter(deadline: TimeSpan.FromMilliseconds(160)).Dispose();
    }

    [Fact]
    public void Higher_priority_is_judged_by_what_goes_before_it()
    {
        ServeUnderLoad(PerItem);
        using var normal = Enter(50);

        using var high = Enter(21, RequestPriority.High);

        Assert.Throws<SensoriumException>(() => Enter(1));
        Assert.Throws<SensoriumException>(() => Enter(1, RequestPriority.Low));
        Assert.Throws<SensoriumException>(() => Enter(1, RequestPriority.High));
    }

    [Fact]
    public void What_is_given_up_makes_room_and_is_not_taken_for_speed()
    {
        ServeUnderLoad(PerItem);
        Enter(1000).Dispose();

        using var admitted = Enter(21);

        Assert.InRange(RefusedFor().TotalMilliseconds, 205, 215);
    }

    [Fact]
    public void Content_that_comes_from_elsewhere_is_in_nobodys_way()
    {
        ServeUnderLoad(PerItem);
        using var fetching = Enter(100);
        for (var i = 0; i < 100; i++)
        {
            fetching[i].StepAside();
        }

        // The encoder has nothing to do meanwhile, which does not make it slow.
        Time.Advance(TimeSpan.FromMinutes(1));
        Enter(1).Dispose();

        for (var i = 0; i < 100; i++)
        {
            fetching[i].Return();
        }

        Assert.InRange(RefusedFor().TotalMilliseconds, 990, 1010);
    }

    [Fact]
    public void Long_media_count_with_the_segments_that_are_left()
    {
        ServeUnderLoad(PerItem);
        using var one = Enter(1);
        for (var i = 0; i < 60; i++)
        {
            one[0].Prepared(Units);
        }

        Assert.InRange(RefusedFor().TotalMilliseconds, 590, 610);
        for (var i = 0; i < 45; i++)
        {
            Time.Advance(PerItem);
            one[0].Done(Units);
        }

        Enter(1).Dispose();
    }
}
