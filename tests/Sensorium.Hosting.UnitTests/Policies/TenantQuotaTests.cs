using Microsoft.Extensions.Time.Testing;
using Sensorium.Core.Errors;
using Sensorium.Hosting.Policies.Quotas;
using Sensorium.Hosting.Settings;
using Xunit;

namespace Sensorium.Hosting.UnitTests.Policies;

public sealed class TenantQuotaTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Without_limits_nothing_is_refused()
    {
        var quota = Of(new TenantSettings());
        quota.Count(long.MaxValue / 2);

        for (var i = 0; i < 1_000; i++)
        {
            quota.Enter();
        }

        Assert.Equal(1_000, quota.Active);
    }

    [Fact]
    public void A_minutes_worth_of_calls_may_come_at_once_and_then_one_after_the_other()
    {
        var quota = Of(new TenantSettings { RequestsPerMinute = 30 });
        for (var i = 0; i < 30; i++)
        {
            quota.Enter();
        }

        var error = Refused(quota, "RequestsPerMinute");
        Assert.Equal(2, error.RetryAfter!.Value.TotalSeconds, 0.01);
        Assert.Contains("30 calls a minute", error.Message, StringComparison.Ordinal);
        Assert.Equal(("team", "30"), (error.Metadata["tenant"], error.Metadata["limit"]));

        _time.Advance(error.RetryAfter.Value);
        quota.Enter();
        Refused(quota, "RequestsPerMinute");
    }

    [Fact]
    public void Who_waits_for_an_hour_has_no_more_than_a_minutes_worth()
    {
        var quota = Of(new TenantSettings { RequestsPerMinute = 2 });
        _time.Advance(TimeSpan.FromHours(1));

        quota.Enter();
        quota.Enter();

        Refused(quota, "RequestsPerMinute");
    }

    [Fact]
    public void A_call_that_goes_over_the_tokens_is_answered_and_the_next_ones_wait_until_they_are_paid_for()
    {
        var quota = Of(new TenantSettings { TokensPerMinute = 600 });
        quota.Enter();
        quota.Count(600 + 100);

        var error = Refused(quota, "TokensPerMinute");

        Assert.Equal(10.1, error.RetryAfter!.Value.TotalSeconds, 0.01);
        _time.Advance(error.RetryAfter.Value);
        quota.Enter();
    }

    [Fact]
    public void Calls_that_end_make_room_for_others()
    {
        var quota = Of(new TenantSettings { MaxConcurrency = 2, RequestsPerMinute = 3 });
        quota.Enter();
        quota.Enter();
        Assert.Equal(TimeSpan.FromSeconds(1), Refused(quota, "MaxConcurrency").RetryAfter);

        quota.Leave();

        // What was refused has not been counted as a call.
        quota.Enter();
    }

    private static SensoriumException Refused(TenantQuota quota, string name)
    {
        var error = Assert.Throws<SensoriumException>(quota.Enter);
        Assert.Equal((ErrorCode.ResourceExhausted, ErrorReasons.QuotaExceeded, name), (error.Code, error.Reason, error.Metadata["quota"]));
        return error;
    }

    private TenantQuota Of(TenantSettings settings) => new("team", settings, _time);
}
