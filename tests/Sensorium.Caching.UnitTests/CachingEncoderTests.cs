using Sensorium.Caching.UnitTests.Fakes;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Xunit;

namespace Sensorium.Caching.UnitTests;

public sealed class CachingEncoderTests : IAsyncDisposable
{
    private readonly CacheUnderTest _cache = new(new FakeEncoder());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_hit_equals_its_miss_bit_for_bit(bool withFeatures)
    {
        _cache.Inner.Segments = 3;
        var miss = Assert.Single(await _cache.EncodeAsync(withFeatures, "cat"));
        var hit = Assert.Single(await _cache.EncodeAsync(withFeatures, "cat"));

        Assert.Equal(CacheStatus.Miss, miss.CacheStatus);
        Assert.Equal(CacheStatus.HitMemory, hit.CacheStatus);
        EncodedAssert.Same(miss.Encoded!, hit.Encoded!);
        Assert.Equal(miss.Usage, hit.Usage);
        Assert.Equal(miss.Warnings, hit.Warnings);
        Assert.Equal(withFeatures, hit.Encoded!.Segments[0].Features is not null);
        Assert.Equal(0, hit.Timing.BatchSize);
        Assert.Single(_cache.Inner.Calls);
    }

    [Fact]
    public async Task Only_misses_are_encoded_in_one_call_and_answers_keep_their_order()
    {
        await _cache.EncodeAsync("b", "d");

        var outcomes = await _cache.EncodeAsync("a", "b", "c", "d", "e");

        Assert.Equal(["0", "1", "2", "3", "4"], outcomes.Select(o => o.ItemId));
        Assert.Equal(
            [CacheStatus.Miss, CacheStatus.HitMemory, CacheStatus.Miss, CacheStatus.HitMemory, CacheStatus.Miss],
            outcomes.Select(o => o.CacheStatus));
        Assert.Equal(["0", "2", "4"], _cache.Inner.Calls[1].Items.Select(item => item.ItemId));
        Assert.Equal(2, _cache.Inner.Calls.Count);
        var alone = await new FakeEncoder().EncodeAsync(CacheUnderTest.Batch("a", "b", "c", "d", "e"), CancellationToken.None);
        Assert.All(outcomes.Zip(alone), pair => EncodedAssert.SameBits(pair.Second.Encoded!.Embedding, pair.First.Encoded!.Embedding));
    }

    [Fact]
    public async Task Warnings_about_the_item_name_the_item_that_asked()
    {
        await _cache.EncodeAsync("cat");

        var hit = (await _cache.EncodeAsync("dog", "cat"))[1];

        Assert.Equal([(WarningReasons.TextTruncated, "1"), (WarningReasons.UnsupportedLanguage, null)], hit.Warnings.Select(w => (w.Reason, w.ItemId)));
    }

    [Fact]
    public async Task A_hit_needs_no_encoder()
    {
        var miss = await _cache.EncodeAsync(true, "cat");
        _cache.Inner.Failure = SensoriumException.Unavailable(ErrorReasons.PeerUnavailable, "Down.");
        _cache.Time.Advance(TimeSpan.FromHours(1));

        var hit = await _cache.EncodeAsync(true, "cat");

        EncodedAssert.Same(miss[0].Encoded!, hit[0].Encoded!);
        Assert.Equal(Sample.Description, (await _cache.Encoder.DescribeAsync(CancellationToken.None)).Default);
    }

    [Fact]
    public async Task What_features_brought_also_answers_without_them_but_not_the_other_way()
    {
        var withFeatures = await _cache.EncodeAsync(true, "cat");
        var without = await _cache.EncodeAsync("cat");
        await _cache.EncodeAsync("dog");
        var dog = await _cache.EncodeAsync(true, "dog");

        Assert.Equal(CacheStatus.HitMemory, without[0].CacheStatus);
        Assert.Null(without[0].Encoded!.Segments[0].Features);
        EncodedAssert.SameBits(withFeatures[0].Encoded!.Embedding, without[0].Encoded!.Embedding);
        Assert.Equal(CacheStatus.Miss, dog[0].CacheStatus);
        Assert.NotNull(dog[0].Encoded!.Segments[0].Features);
    }

    [Fact]
    public async Task An_items_failure_is_its_own_and_is_not_kept()
    {
        _cache.Inner.Poison = "bad";
        var outcomes = await _cache.EncodeAsync("good", "bad");
        _cache.Inner.Poison = null;
        var again = await _cache.EncodeAsync("good", "bad");

        Assert.NotNull(outcomes[0].Encoded);
        Assert.Equal(ErrorReasons.UndecodableMedia, outcomes[1].Error!.Reason);
        Assert.Equal([CacheStatus.HitMemory, CacheStatus.Miss], again.Select(o => o.CacheStatus));
        Assert.NotNull(again[1].Encoded);
    }

    [Fact]
    public async Task A_failure_of_the_encoder_is_thrown_if_nothing_could_be_answered_and_is_not_kept()
    {
        await _cache.Encoder.DescribeAsync(CancellationToken.None);
        _cache.Inner.Failure = SensoriumException.Overloaded("Full.", TimeSpan.FromSeconds(1));
        var thrown = await Assert.ThrowsAsync<SensoriumException>(() => _cache.EncodeAsync("cat", "dog"));
        _cache.Inner.Failure = null;

        Assert.Equal(TimeSpan.FromSeconds(1), thrown.RetryAfter);
        Assert.All(await _cache.EncodeAsync("cat", "dog"), o => Assert.Equal(CacheStatus.Miss, o.CacheStatus));
    }

    [Fact]
    public async Task While_the_encoder_is_down_hits_are_answered_and_misses_fail_alone()
    {
        await _cache.EncodeAsync("cat");
        _cache.Inner.Failure = SensoriumException.Unavailable(ErrorReasons.PeerUnavailable, "Down.");

        var outcomes = await _cache.EncodeAsync("cat", "dog");

        Assert.NotNull(outcomes[0].Encoded);
        Assert.Equal(ErrorReasons.PeerUnavailable, outcomes[1].Error!.Reason);
    }

    [Fact]
    public async Task An_encoder_that_gives_up_by_itself_is_unavailable_not_cancelled()
    {
        await _cache.Encoder.DescribeAsync(CancellationToken.None);
        _cache.Inner.Failure = new OperationCanceledException();

        var thrown = await Assert.ThrowsAsync<SensoriumException>(() => _cache.EncodeAsync("cat"));

        Assert.Equal(ErrorCode.Unavailable, thrown.Code);
    }

    [Fact]
    public async Task A_result_without_unit_length_is_answered_but_not_kept()
    {
        _cache.Inner.Length = 2;
        await _cache.EncodeAsync("cat");
        var again = await _cache.EncodeAsync("cat");

        Assert.Equal(CacheStatus.Miss, again[0].CacheStatus);
        Assert.NotNull(again[0].Encoded);
    }

    [Fact]
    public async Task A_model_whose_vectors_keep_their_length_is_remembered_too()
    {
        var model = Sample.Description.Model;
        _cache.Inner.Description = Sample.Description with { Model = model with { SpaceId = model.SpaceId + ModelIdentity.UnscaledSpace } };
        _cache.Inner.Length = 2;
        await _cache.EncodeAsync("cat");

        Assert.Equal(CacheStatus.HitMemory, (await _cache.EncodeAsync("cat"))[0].CacheStatus);
    }

    [Fact]
    public async Task A_model_that_has_gone_is_not_answered_for()
    {
        await _cache.EncodeAsync("cat");
        _cache.Inner.IsServed = false;
        Assert.Equal(CacheStatus.HitMemory, (await _cache.EncodeAsync("cat"))[0].CacheStatus);

        _cache.Changes.Report();

        Assert.Equal(ErrorReasons.ModelNotServed, (await Assert.ThrowsAsync<SensoriumException>(() => _cache.EncodeAsync("cat"))).Reason);
        _cache.Inner.IsServed = true;
        _cache.Changes.Report();
        Assert.Equal(CacheStatus.HitMemory, (await _cache.EncodeAsync("cat"))[0].CacheStatus);
    }

    [Fact]
    public async Task An_encoder_that_does_not_answer_after_a_change_keeps_what_is_known()
    {
        await _cache.EncodeAsync("cat");
        _cache.Inner.Failure = SensoriumException.Unavailable(ErrorReasons.PeerUnavailable, "Down.");
        _cache.Changes.Report();

        Assert.Equal(CacheStatus.HitMemory, (await _cache.EncodeAsync("cat"))[0].CacheStatus);
    }

    [Fact]
    public async Task Items_are_counted_by_modality_and_level()
    {
        using var hits = _cache.Collect("sensorium.cache.hits");
        using var misses = _cache.Collect("sensorium.cache.misses");

        await _cache.EncodeAsync("cat", "dog");
        await _cache.EncodeAsync("cat", "bird");

        var hit = Assert.Single(hits.GetMeasurementSnapshot());
        Assert.Equal("image", hit.Tags["modality"]);
        Assert.Equal("memory", hit.Tags["level"]);
        Assert.Equal(3, misses.GetMeasurementSnapshot().Sum(m => m.Value));
    }

    [Fact]
    public async Task A_cancelled_request_is_not_answered_even_from_memory()
    {
        await _cache.EncodeAsync("cat");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            _cache.Encoder.EncodeAsync(CacheUnderTest.Batch("cat"), new CancellationToken(canceled: true)));
    }

    public ValueTask DisposeAsync() => _cache.DisposeAsync();
}
