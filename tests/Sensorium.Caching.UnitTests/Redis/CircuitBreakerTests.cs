using Microsoft.Extensions.Time.Testing;
using Sensorium.Caching.Redis;
using Xunit;

namespace Sensorium.Caching.UnitTests.Redis;

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

    private void Open()
    {
        for (var i = 0; i < 3; i++)
        {
            _breaker.ReportFailure();
        }
    }
}
