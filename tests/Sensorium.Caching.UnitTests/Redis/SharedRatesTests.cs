using Sensorium.Caching.Redis;
using Sensorium.Caching.UnitTests.Fakes;
using Sensorium.Core.Tenancy;
using Sensorium.Testing.Shared.Redis;
using Xunit;

namespace Sensorium.Caching.UnitTests.Redis;

/// <summary>Rates that replicas count together in a real redis-server.</summary>
public sealed class SharedRatesTests(RedisServerFixture redis) : IClassFixture<RedisServerFixture>
{
    private readonly string _name = $"{Guid.NewGuid():N}";

    [Fact]
    public async Task Two_replicas_have_a_minutes_worth_between_them()
    {
        await using var one = Start();
        await using var other = Start();
        SharedRates[] replicas = [one.Rates!, other.Rates!];
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(TimeSpan.Zero, await replicas[i % 2].AskAsync(_name, 4, 1, RateAsk.Take));
        }

        // The next of four a minute comes after a quarter of one, and whoever only looks takes nothing.
        Assert.All(
            [await replicas[0].AskAsync(_name, 4, 1, RateAsk.Take), await replicas[1].AskAsync(_name, 4, 1, RateAsk.Look), await replicas[1].AskAsync(_name, 4, 1, RateAsk.Take)],
            wait => Assert.InRange(wait!.Value.TotalSeconds, 0.1, 15));
        Assert.Equal(TimeSpan.Zero, await replicas[0].AskAsync($"{_name} of another", 4, 1, RateAsk.Take));
    }

    [Fact]
    public async Task What_was_had_beyond_a_minutes_worth_is_owed_by_all()
    {
        await using var one = Start();
        await using var other = Start();

        Assert.Equal(TimeSpan.Zero, await one.Rates!.AskAsync(_name, 600, 1_200, RateAsk.Owe));

        Assert.InRange((await other.Rates!.AskAsync(_name, 600, 1, RateAsk.Look))!.Value.TotalSeconds, 30, 60.2);
    }

    [Fact]
    public async Task Where_nothing_answers_nothing_is_told()
    {
        await using var broken = new CacheUnderTest(new FakeEncoder(), new FakeSharedStore { Failure = new InvalidOperationException("down") });

        Assert.Null(await broken.Rates!.AskAsync(_name, 4, 1, RateAsk.Take));
    }

    private CacheUnderTest Start() => new(new FakeEncoder(), new RedisSharedStore(redis.Server.Connection), new CacheOptions { Timeout = TimeSpan.FromSeconds(30) });
}
