using System.Diagnostics;
using Sensorium.Caching.Diagnostics;
using Sensorium.Caching.Redis;
using Sensorium.Caching.UnitTests.Fakes;
using Sensorium.Core.Encoding;
using Sensorium.Testing.Shared.Redis;
using StackExchange.Redis;
using Xunit;

namespace Sensorium.Caching.UnitTests.Redis;

/// <summary>Against a redis-server that is killed, hung and restarted, in real time.</summary>
public sealed class RealRedisTests : IAsyncLifetime
{
    private readonly RedisServer _server = new();

    public async ValueTask InitializeAsync() => await _server.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Two_processes_share_what_either_has_encoded()
    {
        await using var one = Start();
        await using var other = Start();
        var contents = Enumerable.Range(0, 64).Select(i => $"{i}").ToArray();
        var misses = await one.EncodeAsync(true, contents);
        await one.WrittenAsync();

        var hits = await other.EncodeAsync(true, contents);
        var embeddings = await other.EncodeAsync(false, contents);

        Assert.All(hits, hit => Assert.Equal(CacheStatus.HitShared, hit.CacheStatus));
        Assert.All(misses.Zip(hits), pair => EncodedAssert.Same(pair.First.Encoded!, pair.Second.Encoded!));
        Assert.All(misses.Zip(embeddings), pair => EncodedAssert.SameBits(pair.First.Encoded!.Embedding, pair.Second.Encoded!.Embedding));
        Assert.Empty(other.Inner.Calls);
    }

    [Fact]
    public async Task A_process_started_while_the_encoder_is_down_answers_from_redis()
    {
        await using (var earlier = Start())
        {
            await earlier.EncodeAsync("cat");
        }

        await using var restarted = Start(new FakeEncoder { Failure = new InvalidOperationException("down") });

        Assert.Equal(CacheStatus.HitShared, (await restarted.EncodeAsync("cat"))[0].CacheStatus);
    }

    [Fact]
    public async Task Values_live_as_long_as_configured()
    {
        await using var cache = Start(options: new CacheOptions { TimeToLive = TimeSpan.FromHours(1) });
        await cache.EncodeAsync("cat");
        await cache.WrittenAsync();
        await using var redis = await ConnectionMultiplexer.ConnectAsync(_server.Connection);
        var keys = redis.GetServers()[0].Keys().ToArray();

        Assert.Equal(2, keys.Length);
        Assert.All(keys, key => Assert.InRange(redis.GetDatabase().KeyTimeToLive(key)!.Value, TimeSpan.FromMinutes(59), TimeSpan.FromHours(1)));
    }

    [Fact]
    public async Task A_corrupted_value_is_a_miss_and_is_replaced()
    {
        await using (var earlier = Start())
        {
            await earlier.EncodeAsync("cat");
        }

        await using var redis = await ConnectionMultiplexer.ConnectAsync(_server.Connection);
        var key = redis.GetServers()[0].Keys(pattern: "sensorium:e1:*").Single();
        await redis.GetDatabase().StringSetRangeAsync(key, 80, "garbage");
        await using var cache = Start();
        await using var afterwards = Start();

        Assert.Equal(CacheStatus.Miss, (await cache.EncodeAsync("cat"))[0].CacheStatus);
        await cache.WrittenAsync();
        Assert.Equal(CacheStatus.HitShared, (await afterwards.EncodeAsync("cat"))[0].CacheStatus);
    }

    [Fact]
    public async Task A_killed_server_costs_misses_only_and_is_used_again_after_its_restart()
    {
        await using var cache = Start(options: new CacheOptions { MemoryBytes = 0, BreakDuration = TimeSpan.FromMilliseconds(100) });
        await StoredAsync(cache, "cat");

        await _server.KillAsync();
        for (var i = 0; i < 20; i++)
        {
            Assert.NotNull((await cache.EncodeAsync($"cat {i}"))[0].Encoded);
        }

        await UntilAsync(() => Task.FromResult(cache.Snapshot.State == CacheState.Degraded));

        await _server.StartAsync();
        await StoredAsync(cache, "cat");
        Assert.Equal(CacheState.Ready, cache.Snapshot.State);
    }

    [Fact]
    public async Task A_server_killed_under_load_fails_nobody()
    {
        await using var cache = Start(options: new CacheOptions { MemoryBytes = 0 });
        await StoredAsync(cache, "cat");
        using var stop = new CancellationTokenSource();
        var answered = 0;
        var load = Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                Assert.All(await cache.EncodeAsync($"{worker} {i}", "cat"), o => Assert.NotNull(o.Encoded));
                Interlocked.Increment(ref answered);
            }
        })).ToArray();

        await MoreAnsweredAsync();
        await _server.KillAsync();
        await MoreAnsweredAsync();
        await _server.StartAsync();
        await MoreAnsweredAsync();
        await stop.CancelAsync();

        await Task.WhenAll(load);

        // A worker that fails ends the wait, too: its error is what the test fails with.
        Task MoreAnsweredAsync()
        {
            var before = Volatile.Read(ref answered);
            return UntilAsync(() => Task.FromResult(Volatile.Read(ref answered) >= before + 50 || load.Any(task => task.IsFaulted)));
        }
    }

    [Fact]
    public async Task A_hung_server_is_a_miss_within_the_timeout_and_serves_again_when_it_resumes()
    {
        var options = new CacheOptions { MemoryBytes = 0, Timeout = TimeSpan.FromMilliseconds(300), BreakDuration = TimeSpan.FromMilliseconds(100) };
        await using var cache = Start(options: options);
        await StoredAsync(cache, "cat");

        await _server.HangAsync();
        var clock = Stopwatch.StartNew();
        var outcome = (await cache.EncodeAsync("cat"))[0];
        clock.Stop();

        Assert.Equal(CacheStatus.Miss, outcome.CacheStatus);
        // Not a matter of speed: without the timeout this would last as long as the server hangs.
        Assert.InRange(clock.Elapsed, TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(10));
        await _server.ResumeAsync();
        await StoredAsync(cache, "cat");
    }

    [Fact]
    public async Task A_connection_that_died_silently_is_replaced_within_seconds()
    {
        await using var proxy = new RedisProxy(_server.Port);
        var options = new CacheOptions { MemoryBytes = 0, BreakDuration = TimeSpan.FromMilliseconds(100) };
        await using var cache = new CacheUnderTest(new FakeEncoder(), new RedisSharedStore(proxy.Connection), options, TimeProvider.System);
        await StoredAsync(cache, "cat");

        proxy.Set(RedisFault.Silent);
        proxy.Set(RedisFault.None);
        var clock = Stopwatch.StartNew();
        Assert.Equal(CacheStatus.Miss, (await cache.EncodeAsync("cat"))[0].CacheStatus);
        await StoredAsync(cache, "cat");

        // Not a matter of speed: the library's own bound is 20 s and more.
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(12));
    }

    [Fact]
    public async Task A_server_that_is_not_there_at_start_is_found_when_it_comes()
    {
        await _server.KillAsync();
        await using var cache = Start(options: new CacheOptions { MemoryBytes = 0, BreakDuration = TimeSpan.FromMilliseconds(100) });
        Assert.Equal(CacheStatus.Miss, (await cache.EncodeAsync("cat"))[0].CacheStatus);
        Assert.Equal(CacheState.Degraded, cache.Snapshot.State);

        await _server.StartAsync();

        await StoredAsync(cache, "cat");
    }

    [Fact]
    public async Task The_endpoint_is_told_without_the_password()
    {
        await using var store = new RedisSharedStore($"{_server.Connection},password=secret");

        Assert.Equal(_server.Connection, store.Endpoint);
    }

    private CacheUnderTest Start(FakeEncoder? inner = null, CacheOptions? options = null)
    {
        // A busy machine may be slow; only the tests of the timeout itself are about time.
        options ??= new CacheOptions { Timeout = TimeSpan.FromSeconds(10) };
        return new CacheUnderTest(inner ?? new FakeEncoder(), new RedisSharedStore(_server.Connection), options, TimeProvider.System);
    }

    private static Task StoredAsync(CacheUnderTest cache, string content) =>
        UntilAsync(async () => (await cache.EncodeAsync(content))[0].CacheStatus == CacheStatus.HitShared);

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await condition())
        {
            await Task.Delay(20, limit.Token);
        }
    }
}
