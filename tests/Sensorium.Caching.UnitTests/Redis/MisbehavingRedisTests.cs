using Sensorium.Caching.Redis;
using Sensorium.Caching.UnitTests.Fakes;
using Sensorium.Core.Encoding;
using Sensorium.Testing.Shared.Redis;
using Xunit;

namespace Sensorium.Caching.UnitTests.Redis;

/// <summary>A Redis that is there and does wrong: answers are those of the encoder, and hits come again when it is well. One that is silent is in <see cref="RealRedisTests"/>.</summary>
public sealed class MisbehavingRedisTests : IAsyncLifetime
{
    private const string Password = "hidden";
    private const int Questions = 12;

    private readonly RedisServer _server = new();
    private RedisProxy _proxy = null!;

    public async ValueTask InitializeAsync()
    {
        await _server.StartAsync();
        _proxy = new RedisProxy(_server.Port);
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData(RedisFault.Closed)]
    [InlineData(RedisFault.Garbage)]
    [InlineData(RedisFault.Slow)]
    public Task Whatever_comes_over_the_network_costs_misses_only(RedisFault fault) => CostsMissesOnlyAsync(
        () => Set(fault), () => Set(RedisFault.None));

    [Fact]
    public Task A_full_server_costs_misses_only() => CostsMissesOnlyAsync(
        () => _server.CommandAsync("CONFIG SET maxmemory 1"), () => _server.CommandAsync("CONFIG SET maxmemory 0"));

    [Fact]
    public Task A_server_that_suddenly_asks_for_a_password_costs_misses_only() => CostsMissesOnlyAsync(
        () => ReconnectedAsync(_server.CommandAsync($"CONFIG SET requirepass {Password}")),
        () => ReconnectedAsync(_server.CommandAsync("CONFIG SET requirepass \"\"", Password)));

    private async Task CostsMissesOnlyAsync(Func<Task> breakAsync, Func<Task> healAsync)
    {
        var options = new CacheOptions { MemoryBytes = 0, BreakDuration = TimeSpan.FromMilliseconds(100) };
        await using var cache = new CacheUnderTest(new FakeEncoder(), new RedisSharedStore(_proxy.Connection), options, TimeProvider.System);
        await StoredAsync(cache, "known");
        var before = (await cache.EncodeAsync("known"))[0].Encoded!;

        await breakAsync();
        for (var i = 0; i < Questions; i++)
        {
            // One that Redis has, and one that is to be written.
            var outcomes = await cache.EncodeAsync("known", $"new {i}");
            Assert.All(outcomes, outcome => Assert.NotNull(outcome.Encoded));
            EncodedAssert.SameBits(before.Embedding, outcomes[0].Encoded!.Embedding);
        }

        await healAsync();
        await StoredAsync(cache, "known");
        await StoredAsync(cache, "new 0");
    }

    private Task Set(RedisFault fault)
    {
        _proxy.Set(fault);
        return Task.CompletedTask;
    }

    // A connection that stands is not asked for a password again.
    private async Task ReconnectedAsync(Task change)
    {
        await change;
        _proxy.CloseAll();
    }

    private static async Task StoredAsync(CacheUnderTest cache, string content)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await cache.EncodeAsync(content))[0].CacheStatus != CacheStatus.HitShared)
        {
            await Task.Delay(20, limit.Token);
        }
    }
}
