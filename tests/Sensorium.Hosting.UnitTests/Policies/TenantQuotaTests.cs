using Microsoft.Extensions.Time.Testing;
using Sensorium.Core.Errors;
using Sensorium.Core.Tenancy;
using Sensorium.Hosting.Policies.Quotas;
using Sensorium.Hosting.Settings;
using Xunit;

namespace Sensorium.Hosting.UnitTests.Policies;

public sealed class TenantQuotaTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Without_limits_nothing_is_refused()
    {
        var quota = Of(new TenantSettings());
        quota.Count(long.MaxValue / 2);

        for (var i = 0; i < 1_000; i++)
        {
            await quota.EnterAsync();
        }

        Assert.Equal(1_000, quota.Active);
    }

    [Fact]
    public async Task A_minutes_worth_of_calls_may_come_at_once_and_then_one_after_the_other()
    {
        var quota = Of(new TenantSettings { RequestsPerMinute = 30 });
        for (var i = 0; i < 30; i++)
        {
            await quota.EnterAsync();
        }

        var error = await RefusedAsync(quota, "RequestsPerMinute");
        Assert.Equal(2, error.RetryAfter!.Value.TotalSeconds, 0.01);
        Assert.Contains("30 calls a minute", error.Message, StringComparison.Ordinal);
        Assert.Equal(("team", "30"), (error.Metadata["tenant"], error.Metadata["limit"]));

        _time.Advance(error.RetryAfter.Value);
        await quota.EnterAsync();
        await RefusedAsync(quota, "RequestsPerMinute");
    }

    [Fact]
    public async Task Who_waits_for_an_hour_has_no_more_than_a_minutes_worth()
    {
        var quota = Of(new TenantSettings { RequestsPerMinute = 2 });
        _time.Advance(TimeSpan.FromHours(1));

        await quota.EnterAsync();
        await quota.EnterAsync();

        await RefusedAsync(quota, "RequestsPerMinute");
    }

    [Fact]
    public async Task A_call_that_goes_over_the_tokens_is_answered_and_the_next_ones_wait_until_they_are_paid_for()
    {
        var quota = Of(new TenantSettings { TokensPerMinute = 600 });
        await quota.EnterAsync();
        quota.Count(600 + 100);

        var error = await RefusedAsync(quota, "TokensPerMinute");

        Assert.Equal(10.1, error.RetryAfter!.Value.TotalSeconds, 0.01);
        _time.Advance(error.RetryAfter.Value);
        await quota.EnterAsync();
    }

    [Fact]
    public async Task Calls_that_end_make_room_for_others()
    {
        var quota = Of(new TenantSettings { MaxConcurrency = 2, RequestsPerMinute = 3 });
        await quota.EnterAsync();
        await quota.EnterAsync();
        Assert.Equal(TimeSpan.FromSeconds(1), (await RefusedAsync(quota, "MaxConcurrency")).RetryAfter);

        quota.Leave();

        // What was refused has not been counted as a call.
        await quota.EnterAsync();
    }

    [Fact]
    public async Task Replicas_count_together_what_they_have_a_place_to_count_in()
    {
        var shared = new FakeRates();
        TenantQuota[] replicas = [Of(new TenantSettings { RequestsPerMinute = 10, TokensPerMinute = 10 }, shared), Of(new TenantSettings { RequestsPerMinute = 10 }, shared)];
        await replicas[0].EnterAsync();
        await replicas[1].EnterAsync();

        shared.Wait = TimeSpan.FromSeconds(7);
        Assert.Equal(shared.Wait, (await RefusedAsync(replicas[1], "RequestsPerMinute")).RetryAfter);
        Assert.Equal(shared.Wait, (await RefusedAsync(replicas[0], "TokensPerMinute")).RetryAfter);

        // What was refused is not under way.
        Assert.Equal([1, 1], replicas.Select(replica => replica.Active));
        Assert.Equal(
            [("team:tokens", 1, RateAsk.Look), ("team:requests", 1, RateAsk.Take), ("team:requests", 1, RateAsk.Take), ("team:requests", 1, RateAsk.Take), ("team:tokens", 1, RateAsk.Look)],
            shared.Asked);
    }

    [Fact]
    public async Task Tokens_are_told_to_the_others_and_all_of_them_once()
    {
        var shared = new FakeRates();
        var quota = Of(new TenantSettings { TokensPerMinute = 1_000_000 }, shared);

        await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => quota.Count(3))));
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (shared.Owed < 192 && !timeout.IsCancellationRequested)
        {
            await Task.Yield();
        }

        Assert.Equal(192, shared.Owed);
    }

    [Fact]
    public async Task While_the_place_does_not_answer_a_replica_counts_alone_and_knows_what_it_gave_before()
    {
        var shared = new FakeRates();
        var quota = Of(new TenantSettings { RequestsPerMinute = 3 }, shared);
        await quota.EnterAsync();
        await quota.EnterAsync();

        shared.Wait = null;
        await quota.EnterAsync();

        Assert.Equal(20, (await RefusedAsync(quota, "RequestsPerMinute")).RetryAfter!.Value.TotalSeconds, 0.01);
    }

    private static async Task<SensoriumException> RefusedAsync(TenantQuota quota, string name)
    {
        var error = await Assert.ThrowsAsync<SensoriumException>(() => quota.EnterAsync().AsTask());
        Assert.Equal((ErrorCode.ResourceExhausted, ErrorReasons.QuotaExceeded, name), (error.Code, error.Reason, error.Metadata["quota"]));
        return error;
    }

    private TenantQuota Of(TenantSettings settings, ISharedRates? shared = null) => new("team", settings, shared, _time);

    private sealed class FakeRates : ISharedRates
    {
        private readonly Lock _gate = new();

        /// <summary>What is answered.</summary>
        public TimeSpan? Wait { get; set; } = TimeSpan.Zero;

        public List<(string Name, double Amount, RateAsk Ask)> Asked { get; } = [];

        public double Owed
        {
            get
            {
                lock (_gate)
                {
                    return Asked.Where(asked => asked.Ask == RateAsk.Owe).Sum(asked => asked.Amount);
                }
            }
        }

        public Task<TimeSpan?> AskAsync(string name, int perMinute, double amount, RateAsk ask)
        {
            lock (_gate)
            {
                Asked.Add((name, amount, ask));
            }

            return Task.FromResult(Wait);
        }
    }
}
