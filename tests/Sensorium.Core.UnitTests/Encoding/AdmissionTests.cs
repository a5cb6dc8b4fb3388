using Microsoft.Extensions.Time.Testing;
using Sensorium.Core.Encoding;
using Sensorium.Core.Encoding.Pipeline;
using Sensorium.Core.Errors;
using Xunit;

namespace Sensorium.Core.UnitTests.Encoding;

/// <summary>Admission by expected wait, in front of a service that takes 10 ms per item of 5 work units.</summary>
public sealed class AdmissionTests
{
    private const int Units = 5;
    private static readonly TimeSpan PerItem = TimeSpan.FromMilliseconds(10);

    private readonly FakeTimeProvider _time = new();
    private readonly EncoderOptions _options = new() { MaxExpectedWait = TimeSpan.FromMilliseconds(200) };
    private readonly AdmissionGate _gate;

    public AdmissionTests() => _gate = new AdmissionGate("test", _options, new Backlog(_time), new EncoderMetrics("test"));

    [Fact]
    public void A_burst_is_admitted_while_nothing_has_been_measured()
    {
        using var burst = Enter(400);

        using var another = Enter(100);
        Assert.NotNull(another);
    }

    [Fact]
    public void What_would_wait_longer_than_the_limit_is_refused_with_the_expected_wait()
    {
        Measure();
        var admitted = Enumerable.Range(0, 21).Select(_ => Enter(1)).ToList();

        var error = Assert.Throws<SensoriumException>(() => Enter(1));

        Assert.Equal((ErrorCode.ResourceExhausted, ErrorReasons.Overloaded), (error.Code, error.Reason));
        Assert.InRange(error.RetryAfter!.Value.TotalMilliseconds, 205, 215);
        Assert.Contains("about 210 ms for the test encoder; 200 ms is the most", error.Message);
        Serve(admitted[0], 0);
        Enter(1).Dispose();
    }

    [Fact]
    public void A_request_is_not_judged_by_its_own_size()
    {
        Measure();
        using var before = Enter(19);

        using var large = Enter(256);

        Assert.InRange(Assert.Throws<SensoriumException>(() => Enter(1)).RetryAfter!.Value.TotalSeconds, 2.7, 2.8);
    }

    [Fact]
    public void The_first_request_is_admitted_however_slow_the_service_is()
    {
        for (var i = 0; i < 64; i++)
        {
            using var one = Enter(1);
            Serve(one, 0, TimeSpan.FromSeconds(30));
        }

        using var next = Enter(8);
        Assert.Throws<SensoriumException>(() => Enter(1));
    }

    [Fact]
    public void Higher_priority_is_judged_by_what_goes_before_it()
    {
        Measure();
        using var normal = Enter(50);

        using var high = Enter(21, RequestPriority.High);

        Assert.Throws<SensoriumException>(() => Enter(1));
        Assert.Throws<SensoriumException>(() => Enter(1, RequestPriority.Low));
        Assert.Throws<SensoriumException>(() => Enter(1, RequestPriority.High));
    }

    [Fact]
    public void What_is_given_up_makes_room_and_is_not_taken_for_speed()
    {
        Measure();
        Enter(1000).Dispose();

        using var admitted = Enter(21);

        Assert.InRange(Assert.Throws<SensoriumException>(() => Enter(1)).RetryAfter!.Value.TotalMilliseconds, 205, 215);
    }

    [Fact]
    public void Content_that_comes_from_elsewhere_is_in_nobodys_way()
    {
        Measure();
        using var fetching = Enter(100);
        for (var i = 0; i < 100; i++)
        {
            fetching[i].StepAside();
        }

        // The encoder has nothing to do meanwhile, which does not make it slow.
        _time.Advance(TimeSpan.FromMinutes(1));
        Enter(1).Dispose();

        for (var i = 0; i < 100; i++)
        {
            fetching[i].Return();
        }

        Assert.InRange(Assert.Throws<SensoriumException>(() => Enter(1)).RetryAfter!.Value.TotalMilliseconds, 990, 1010);
    }

    [Fact]
    public void Long_media_count_with_the_segments_that_are_left()
    {
        Measure();
        using var one = Enter(1);
        for (var i = 0; i < 60; i++)
        {
            one[0].Prepared(Units);
        }

        Assert.InRange(Assert.Throws<SensoriumException>(() => Enter(1)).RetryAfter!.Value.TotalMilliseconds, 590, 610);
        for (var i = 0; i < 45; i++)
        {
            _time.Advance(PerItem);
            one[0].Done(Units);
        }

        Enter(1).Dispose();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    public void Under_overload_what_is_admitted_waits_no_longer_than_the_limit_and_no_time_is_lost(int timesTheCapacity)
    {
        Measure();
        var queue = new Queue<(Admission Request, DateTimeOffset Came)>();
        var waits = new List<TimeSpan>();
        const int Steps = 3_000;
        for (var step = 0; step < Steps; step++)
        {
            for (var arrival = 0; arrival < timesTheCapacity; arrival++)
            {
                if (TryEnter() is { } request)
                {
                    queue.Enqueue((request, _time.GetUtcNow()));
                }
            }

            if (queue.TryDequeue(out var next))
            {
                waits.Add(_time.GetUtcNow() - next.Came);
                Serve(next.Request, 0);
            }
            else
            {
                _time.Advance(PerItem);
            }
        }

        Assert.True(waits.Max() <= _options.MaxExpectedWait + PerItem + PerItem, $"The longest wait was {waits.Max()}.");
        Assert.True(waits.Count >= 0.99 * Steps, $"{waits.Count} of {Steps} were served.");
    }

    [Fact]
    public void A_service_that_becomes_slower_admits_less()
    {
        Measure();
        var slow = 4 * PerItem;
        var queue = new Queue<Admission>();
        for (var step = 0; step < 1_000; step++)
        {
            while (TryEnter() is { } request)
            {
                queue.Enqueue(request);
            }

            Serve(queue.Dequeue(), 0, slow);
        }

        Assert.InRange(queue.Count, 4, 6);
    }

    private Admission Enter(int items, RequestPriority priority = RequestPriority.Normal) => _gate.Enter(items, priority);

    private Admission? TryEnter()
    {
        try
        {
            return Enter(1);
        }
        catch (SensoriumException)
        {
            return null;
        }
    }

    private void Measure()
    {
        _options.MaxPendingItems = 10_000;
        for (var i = 0; i < 64; i++)
        {
            using var one = Enter(1);
            Serve(one, 0);
        }
    }

    private void Serve(Admission request, int item, TimeSpan? time = null)
    {
        request[item].Prepared(Units);
        request[item].PreparedAll();
        _time.Advance(time ?? PerItem);
        request[item].Done(Units);
        request[item].End(served: true);
    }
}
