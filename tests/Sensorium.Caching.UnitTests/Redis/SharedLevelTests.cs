using Sensorium.Caching.Diagnostics;
using Sensorium.Caching.UnitTests.Fakes;
using Sensorium.Core.Encoding;
using Xunit;

namespace Sensorium.Caching.UnitTests.Redis;

public sealed class SharedLevelTests : IAsyncDisposable
{
    private readonly FakeSharedStore _store = new();

    [Fact]
    public async Task What_one_process_stored_another_hits_bit_for_bit_and_then_has_in_memory()
    {
        var misses = await StoreAsync(true, "cat", "dog");
        await using var other = new CacheUnderTest(new FakeEncoder(), _store);

        var shared = await other.EncodeAsync(true, "cat", "bird", "dog");
        var memory = await other.EncodeAsync(true, "cat");

        Assert.Equal([CacheStatus.HitShared, CacheStatus.Miss, CacheStatus.HitShared], shared.Select(o => o.CacheStatus));
        EncodedAssert.Same(misses[0].Encoded!, shared[0].Encoded!);
        EncodedAssert.Same(misses[1].Encoded!, shared[2].Encoded!);
        Assert.Equal(misses[0].Warnings, shared[0].Warnings);
        Assert.Equal(misses[0].Usage, shared[0].Usage);
        Assert.Equal(CacheStatus.HitMemory, memory[0].CacheStatus);
    }

    [Fact]
    public async Task A_batch_is_looked_up_in_one_go_and_only_for_what_memory_lacks()
    {
        await using var cache = new CacheUnderTest(new FakeEncoder(), _store);
        await cache.EncodeAsync("b");
        _store.Gets.Clear();

        await cache.EncodeAsync("a", "b", "c");

        Assert.Equal(2, Assert.Single(_store.Gets).Count);
    }

    [Fact]
    public async Task An_embedding_stored_with_features_is_fetched_without_them()
    {
        await StoreAsync(true, "cat");
        await using var other = new CacheUnderTest(new FakeEncoder(), _store);

        var outcome = Assert.Single(await other.EncodeAsync(false, "cat"));

        Assert.Equal(CacheStatus.HitShared, outcome.CacheStatus);
        Assert.Null(outcome.Encoded!.Segments[0].Features);
    }

    [Fact]
    public async Task Features_that_come_later_do_not_change_the_embedding_that_is_stored()
    {
        var first = await StoreAsync(false, "cat");
        var jittered = new FakeEncoder { Segments = 2 };
        await using (var other = new CacheUnderTest(jittered, _store))
        {
            await other.EncodeAsync(true, "cat");
        }

        await using var third = new CacheUnderTest(new FakeEncoder(), _store);

        EncodedAssert.Same(first[0].Encoded!, (await third.EncodeAsync(false, "cat"))[0].Encoded!);
    }

    [Fact]
    public async Task A_corrupted_value_is_a_miss_a_count_and_gone()
    {
        await StoreAsync(false, "cat");
        var (key, value) = _store.Values.Single(pair => pair.Key.StartsWith("sensorium:e1:", StringComparison.Ordinal));
        value[^1] ^= 1;
        await using var other = new CacheUnderTest(new FakeEncoder(), _store);
        using var errors = other.Collect("sensorium.cache.errors");
        var batch = CacheUnderTest.Batch("cat") with { Cache = CacheMode.ReadOnly };

        var outcome = Assert.Single(await other.Encoder.EncodeAsync(batch, CancellationToken.None));

        Assert.Equal(CacheStatus.Miss, outcome.CacheStatus);
        Assert.Equal("corrupt", Assert.Single(errors.GetMeasurementSnapshot()).Tags["reason"]);
        Assert.False(_store.Values.ContainsKey(key));
    }

    [Fact]
    public async Task A_hung_store_adds_no_more_than_the_timeout_and_soon_nothing()
    {
        await using var cache = new CacheUnderTest(new FakeEncoder(), _store);
        await cache.Encoder.DescribeAsync(CancellationToken.None);
        await cache.WrittenAsync();
        _store.Hang();
        // A call that was answered just before may still have to report its success, which starts the count anew.
        for (var i = 0; cache.Snapshot.State != CacheState.Degraded; i++)
        {
            Assert.InRange(i, 0, 8);
            var started = cache.Time.GetTimestamp();
            var request = cache.EncodeAsync($"{i}");
            await AdvanceUntilAsync(cache, request);
            Assert.Equal(CacheStatus.Miss, (await request)[0].CacheStatus);
            Assert.InRange(cache.Time.GetElapsedTime(started), TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1));
        }

        Assert.Equal(CacheStatus.Miss, (await cache.EncodeAsync("after").WaitAsync(TimeSpan.FromSeconds(30)))[0].CacheStatus);
        Assert.Contains("fake:6379", cache.Snapshot.Reason, StringComparison.Ordinal);
        _store.Resume();
    }

    [Fact]
    public async Task A_store_that_recovers_is_used_again_after_the_break()
    {
        await StoreAsync(false, "cat");
        var options = new CacheOptions { MemoryBytes = 0 };
        await using var cache = new CacheUnderTest(new FakeEncoder(), _store, options);
        _store.Failure = new InvalidOperationException("down");
        for (var i = 0; i < 8; i++)
        {
            Assert.Equal(CacheStatus.Miss, (await cache.EncodeAsync("cat"))[0].CacheStatus);
        }

        var tried = _store.Gets.Count;
        _store.Failure = null;

        Assert.Equal(CacheStatus.Miss, (await cache.EncodeAsync("cat"))[0].CacheStatus);
        Assert.Equal(tried, _store.Gets.Count);
        cache.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(CacheStatus.HitShared, (await cache.EncodeAsync("cat"))[0].CacheStatus);
        Assert.Equal(CacheState.Ready, cache.Snapshot.State);
    }

    [Fact]
    public async Task Values_too_large_are_stored_without_their_features()
    {
        var options = new CacheOptions { MaxValueBytes = 300 };
        await using (var cache = new CacheUnderTest(new FakeEncoder(), _store, options))
        {
            await cache.EncodeAsync(true, "cat");
        }

        await using var other = new CacheUnderTest(new FakeEncoder(), _store);

        Assert.Equal(CacheStatus.HitShared, (await other.EncodeAsync(false, "cat"))[0].CacheStatus);
        Assert.Equal(CacheStatus.Miss, (await other.EncodeAsync(true, "cat"))[0].CacheStatus);
    }

    [Fact]
    public async Task Writes_beyond_the_bound_are_dropped_and_counted()
    {
        await using var cache = new CacheUnderTest(new FakeEncoder(), _store, new CacheOptions { MaxPendingWriteBytes = 1500 });
        using var dropped = cache.Collect("sensorium.cache.writes.dropped");
        await cache.Encoder.DescribeAsync(CancellationToken.None);
        await cache.WrittenAsync();
        var held = new TaskCompletionSource();
        _store.WritesHeldUntil = held.Task;

        await cache.EncodeAsync("a", "b", "c", "d");

        Assert.Equal(3, dropped.GetMeasurementSnapshot().Count(m => Equals(m.Tags["reason"], "full")));
        held.SetResult();
        await cache.WrittenAsync();
        Assert.Equal(2, _store.Values.Count);
    }

    [Fact]
    public async Task Shutdown_writes_what_is_queued()
    {
        await using (var cache = new CacheUnderTest(new FakeEncoder(), _store))
        {
            await cache.EncodeAsync([.. Enumerable.Range(0, 100).Select(i => $"{i}")]);
        }

        Assert.Equal(101, _store.Values.Count);
    }

    [Fact]
    public async Task Shutdown_does_not_wait_for_ever()
    {
        _store.Hang();
        var cache = new CacheUnderTest(new FakeEncoder(), _store);
        var request = cache.EncodeAsync("cat");
        await AdvanceUntilAsync(cache, request);

        Assert.Single(await request);
        var before = cache.Time.GetUtcNow();

        var disposed = cache.DisposeAsync().AsTask();
        await AdvanceUntilAsync(cache, disposed);

        await disposed;
        Assert.InRange(cache.Time.GetUtcNow() - before, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private async Task<IReadOnlyList<EncodeOutcome>> StoreAsync(bool withFeatures, params string[] contents)
    {
        await using var cache = new CacheUnderTest(new FakeEncoder(), _store);
        return await cache.EncodeAsync(withFeatures, contents);
    }

    private static async Task AdvanceUntilAsync(CacheUnderTest cache, Task task)
    {
        while (!task.IsCompleted)
        {
            await Task.WhenAny(task, Task.Delay(5));
            if (!task.IsCompleted)
            {
                cache.Time.Advance(TimeSpan.FromMilliseconds(200));
            }
        }
    }
}
