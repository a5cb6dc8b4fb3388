using Microsoft.Extensions.Time.Testing;
using Sensorium.Core.Admission;
using Xunit;

namespace Sensorium.Core.UnitTests.Admission;

public sealed class CircuitBreakerTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly CircuitBreaker _breaker;

    public CircuitBreakerTests() => _breaker = new CircuitBreaker(3, TimeSpan.FromSeconds(5), _time);

    [Fact]
    public void It_opens_after_failures_in_a_row_and_says_so_once()
    {
        Assert.False(_breaker.ReportFailure());
        Assert.False(_breaker.ReportFailure());
        Assert.True(_breaker.MayTry());
        Assert.True(_breaker.ReportFailure());
        Assert.False(_breaker.ReportFailure());
        Assert.True(_breaker.IsOpen);
        Assert.False(_breaker.MayTry());
    }

    [Fact]
    public void A_success_in_between_starts_the_count_again()
    {
        _breaker.ReportFailure();
        _breaker.ReportFailure();
        Assert.False(_breaker.ReportSuccess());
        _breaker.ReportFailure();
        _breaker.ReportFailure();

        Assert.False(_breaker.IsOpen);
    }

    [Fact]
    public void After_the_break_one_probe_decides()
    {
        Open();
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.True(_breaker.MayTry());
        Assert.False(_breaker.MayTry());
        Assert.False(_breaker.ReportFailure());
        Assert.False(_breaker.MayTry());

        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(_breaker.MayTry());
        Assert.True(_breaker.ReportSuccess());
        Assert.True(_breaker.MayTry());
    }

    [Fact]
    public void A_late_failure_does_not_prolong_the_break()
    {
        Open();
        _time.Advance(TimeSpan.FromSeconds(4));
        _breaker.ReportFailure();
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(_breaker.MayTry());
    }

    [Fact]
    public void Each_probe_that_fails_doubles_the_break_up_to_the_longest_and_a_success_ends_that()
    {
        var breaker = new CircuitBreaker(1, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), _time);
        breaker.ReportFailure();

        Assert.Equal([5, 10, 15, 15], Enumerable.Range(0, 4).Select(_ => SecondsUntilItMayTry(breaker, () => breaker.ReportFailure())).ToArray());

        breaker.ReportSuccess();
        breaker.ReportFailure();
        Assert.Equal(5, SecondsUntilItMayTry(breaker, () => { }));
    }

    [Fact]
    public void After_a_probe_that_only_readmits_one_failure_opens_it_for_longer()
    {
        var breaker = new CircuitBreaker(3, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1), _time);
        Assert.True(breaker.Trip());
        Assert.False(breaker.Trip());
        SecondsUntilItMayTry(breaker, breaker.Readmit);

        Assert.True(breaker.MayTry());
        Assert.True(breaker.ReportFailure());
        Assert.Equal(10, SecondsUntilItMayTry(breaker, () => { }));
    }

    private int SecondsUntilItMayTry(CircuitBreaker breaker, Action probed)
    {
        var seconds = 0;
        while (!breaker.MayTry())
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            seconds++;
        }

        probed();
        return seconds;
    }

    private void Open()
    {
        for (var i = 0; i < 3; i++)
        {
            _breaker.ReportFailure();
        }
    }
}
