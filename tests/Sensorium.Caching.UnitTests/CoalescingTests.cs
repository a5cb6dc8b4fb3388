using Sensorium.Caching.UnitTests.Fakes;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Xunit;

namespace Sensorium.Caching.UnitTests;

public sealed class CoalescingTests : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly DateTimeOffset Soon = new(2030, 1, 1, 0, 0, 10, TimeSpan.Zero);
    private static readonly DateTimeOffset Later = Soon.AddSeconds(10);
    private readonly CacheUnderTest _cache = new(new FakeEncoder());

    [Fact]
    public async Task Concurrent_requests_for_one_content_share_one_encode()
    {
        var leader = await StartAsync("cat");
        var followers = Enumerable.Range(0, 20).Select(_ => _cache.EncodeAsync("cat")).ToArray();
        _cache.Inner.Open();

        var led = await leader;
        Assert.Equal(CacheStatus.Miss, led[0].CacheStatus);
        foreach (var follower in followers)
        {
            var outcome = Assert.Single(await follower);
            Assert.Equal(CacheStatus.Coalesced, outcome.CacheStatus);
            EncodedAssert.Same(led[0].Encoded!, outcome.Encoded!);
        }

        Assert.Single(_cache.Inner.Calls);
    }

    [Fact]
    public async Task A_batch_waits_for_what_is_under_way_and_encodes_the_rest_in_one_call()
    {
        var leader = await StartAsync("a", "b");
        var batch = _cache.EncodeAsync("x", "b", "y", "a");
        await _cache.Inner.Arrivals.WaitAsync(Limit);
        _cache.Inner.Open();

        Assert.Equal(
            [CacheStatus.Miss, CacheStatus.Coalesced, CacheStatus.Miss, CacheStatus.Coalesced],
            (await batch).Select(o => o.CacheStatus));
        Assert.All(await leader, o => Assert.Equal(CacheStatus.Miss, o.CacheStatus));
        Assert.Equal(["0", "2"], _cache.Inner.Calls[1].Items.Select(item => item.ItemId));
        Assert.Equal(2, _cache.Inner.Calls.Count);
    }

    [Fact]
    public async Task Equal_items_of_one_batch_are_encoded_once()
    {
        var outcomes = await _cache.EncodeAsync("cat", "dog", "cat");

        Assert.Equal([CacheStatus.Miss, CacheStatus.Miss, CacheStatus.Coalesced], outcomes.Select(o => o.CacheStatus));
        Assert.Equal(["0", "1", "2"], outcomes.Select(o => o.ItemId));
        Assert.Equal(["0", "1"], _cache.Inner.EncodedItems);
    }

    [Fact]
    public async Task An_embedding_is_served_by_an_encode_of_features_under_way()
    {
        var leader = await StartAsync(true, "cat");
        var follower = _cache.EncodeAsync(false, "cat");
        _cache.Inner.Open();

        Assert.Null((await follower)[0].Encoded!.Segments[0].Features);
        Assert.NotNull((await leader)[0].Encoded!.Segments[0].Features);
        Assert.Single(_cache.Inner.Calls);
    }

    [Fact]
    public async Task A_leader_that_leaves_does_not_take_its_followers_along()
    {
        using var leaves = new CancellationTokenSource();
        var leader = await StartAsync(CacheUnderTest.Batch("cat"), leaves.Token);
        var follower = _cache.EncodeAsync("cat");

        await leaves.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leader);
        _cache.Inner.Open();
        Assert.NotNull((await follower)[0].Encoded);
        Assert.Equal(0, _cache.Inner.Cancelled);
        Assert.Single(_cache.Inner.Calls);
    }

    [Fact]
    public async Task The_work_stops_when_the_last_one_leaves_and_the_next_request_starts_anew()
    {
        using var leaves = new CancellationTokenSource();
        var leader = await StartAsync(CacheUnderTest.Batch("cat"), leaves.Token);
        var follower = _cache.Encoder.EncodeAsync(CacheUnderTest.Batch("cat"), leaves.Token);
        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leader);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => follower);

        // Callers that leave do not wait for the work to stop.
        Assert.True(await _cache.Inner.Departures.WaitAsync(Limit, CancellationToken.None));

        var next = _cache.EncodeAsync("cat");
        _cache.Inner.Open();

        Assert.Equal(CacheStatus.Miss, (await next)[0].CacheStatus);
        Assert.Equal(1, _cache.Inner.Cancelled);
        Assert.Equal(2, _cache.Inner.Calls.Count);
    }

    [Fact]
    public async Task A_failure_is_shared_but_not_kept()
    {
        var leader = await StartAsync("cat");
        var follower = _cache.EncodeAsync("cat");
        _cache.Inner.Failure = SensoriumException.Overloaded("Full.", TimeSpan.FromSeconds(1));
        _cache.Inner.Open();

        await Assert.ThrowsAsync<SensoriumException>(() => leader);
        await Assert.ThrowsAsync<SensoriumException>(() => follower);
        _cache.Inner.Failure = null;
        Assert.Equal(CacheStatus.Miss, (await _cache.EncodeAsync("cat"))[0].CacheStatus);
    }

    [Fact]
    public async Task What_a_read_only_request_encodes_is_kept_if_a_follower_wants_it()
    {
        var leader = await StartAsync(CacheUnderTest.Batch("cat") with { Cache = CacheMode.ReadOnly }, CancellationToken.None);
        var follower = _cache.EncodeAsync("cat");
        _cache.Inner.Open();
        await leader;
        await follower;

        Assert.Equal(CacheStatus.HitMemory, (await _cache.EncodeAsync("cat"))[0].CacheStatus);
    }

    [Fact]
    public async Task A_shared_encode_carries_the_trace_of_the_request_that_began_it_but_nothing_else_of_it()
    {
        var ambient = new AsyncLocal<string> { Value = "deadline of the leader" };
        using var activity = new System.Diagnostics.Activity("leader").Start();
        (string? Trace, string? Ambient) seen = ("nothing", "nothing");
        await using var cache = new CacheUnderTest(
            _cache.Inner,
            around: inner => new SpyEncoder(inner, () => seen = (System.Diagnostics.Activity.Current?.Id, ambient.Value)));

        await cache.EncodeAsync("cat");

        Assert.Equal((activity.Id, null), seen);
    }

    public static TheoryData<Exception> FailuresForWantOfTime => new()
    {
        new SensoriumException(ErrorCode.DeadlineExceeded, ErrorReasons.DeadlineExceeded, "Late."),
        SensoriumException.Overloaded("Full.", TimeSpan.FromSeconds(1)),
    };

    [Theory]
    [MemberData(nameof(FailuresForWantOfTime))]
    public async Task Who_joins_with_more_time_is_not_failed_by_the_deadline_of_the_first(Exception failure)
    {
        _cache.Inner.Untimely = (Soon, failure);
        var leader = await StartAsync(CacheUnderTest.Batch("cat") with { Deadline = Soon }, CancellationToken.None);
        var follower = _cache.Encoder.EncodeAsync(CacheUnderTest.Batch("cat") with { Deadline = Later }, CancellationToken.None);
        _cache.Inner.Open();

        Assert.NotNull((await follower)[0].Encoded);
        Assert.NotNull((await leader)[0].Encoded);
        Assert.Equal([Soon, Later], _cache.Inner.Calls.Select(call => call.Deadline));
    }

    [Fact]
    public async Task Who_joins_without_a_deadline_takes_it_from_the_call()
    {
        _cache.Inner.Untimely = (Soon, new SensoriumException(ErrorCode.DeadlineExceeded, ErrorReasons.DeadlineExceeded, "Late."));
        var leader = await StartAsync(CacheUnderTest.Batch("cat") with { Deadline = Soon }, CancellationToken.None);
        var follower = _cache.EncodeAsync("cat");
        _cache.Inner.Open();

        Assert.NotNull((await follower)[0].Encoded);
        await leader;
        Assert.Equal([Soon, null], _cache.Inner.Calls.Select(call => call.Deadline));
    }

    [Fact]
    public async Task Who_joins_with_less_time_changes_nothing()
    {
        _cache.Inner.Untimely = (Later, new SensoriumException(ErrorCode.DeadlineExceeded, ErrorReasons.DeadlineExceeded, "Late."));
        var leader = await StartAsync(CacheUnderTest.Batch("cat") with { Deadline = Later }, CancellationToken.None);
        var follower = _cache.Encoder.EncodeAsync(CacheUnderTest.Batch("cat") with { Deadline = Soon }, CancellationToken.None);
        _cache.Inner.Open();

        await Assert.ThrowsAsync<SensoriumException>(() => leader);
        await Assert.ThrowsAsync<SensoriumException>(() => follower);
        Assert.Equal([Later], _cache.Inner.Calls.Select(call => call.Deadline));
    }

    // Everybody asks for random contents and half of them lose patience; nothing may hang, leak or be mixed up.
    [Fact]
    public async Task Under_random_arrivals_and_departures_everyone_gets_their_own()
    {
        var expected = await new FakeEncoder().EncodeAsync(CacheUnderTest.Batch([.. Enumerable.Range(0, 40).Select(i => $"{i}")]), CancellationToken.None);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(seed => Task.Run(async () =>
        {
            var random = new Random(seed);
            for (var round = 0; round < 200; round++)
            {
                var contents = Enumerable.Range(0, random.Next(1, 6)).Select(_ => random.Next(40)).ToArray();
                using var leaves = new CancellationTokenSource();
                var answer = _cache.Encoder.EncodeAsync(CacheUnderTest.Batch([.. contents.Select(c => $"{c}")]) with
                {
                    Cache = random.Next(3) switch { 0 => CacheMode.ReadOnly, 1 => CacheMode.Refresh, _ => CacheMode.ReadWrite },
                    WithFeatures = random.Next(2) == 0,
                }, leaves.Token);
                if (random.Next(2) == 0)
                {
                    await leaves.CancelAsync();
                }

                try
                {
                    foreach (var (content, outcome) in contents.Zip(await answer))
                    {
                        EncodedAssert.SameBits(expected[content].Encoded!.Embedding, outcome.Encoded!.Embedding);
                    }
                }
                catch (OperationCanceledException) when (leaves.IsCancellationRequested)
                {
                }
            }
        }))).WaitAsync(TimeSpan.FromMinutes(2));

        Assert.All(await _cache.EncodeAsync("0"), o => Assert.NotNull(o.Encoded));
    }

    public ValueTask DisposeAsync() => _cache.DisposeAsync();

    private Task<Task<IReadOnlyList<EncodeOutcome>>> StartAsync(params string[] contents) => StartAsync(false, contents);

    private Task<Task<IReadOnlyList<EncodeOutcome>>> StartAsync(bool withFeatures, params string[] contents) =>
        StartAsync(CacheUnderTest.Batch(contents) with { WithFeatures = withFeatures }, CancellationToken.None);

    // Returns once the encoder holds the call.
    private async Task<Task<IReadOnlyList<EncodeOutcome>>> StartAsync(EncodeBatch batch, CancellationToken cancellationToken)
    {
        await _cache.Encoder.DescribeAsync(CancellationToken.None);
        _cache.Inner.Close();
        var encode = _cache.Encoder.EncodeAsync(batch, cancellationToken);
        await _cache.Inner.Arrivals.WaitAsync(Limit, CancellationToken.None);
        return encode;
    }
}
