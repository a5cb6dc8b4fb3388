using Microsoft.Extensions.Time.Testing;
using Sensorium.Caching.Descriptions;
using Sensorium.Caching.UnitTests.Fakes;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Core.Models;
using Xunit;

namespace Sensorium.Caching.UnitTests.Descriptions;

public sealed class DescriptionMemoryTests
{
    private static readonly SensoriumException Down = SensoriumException.Unavailable(ErrorReasons.PeerUnavailable, "Down.");
    private static readonly EncoderDescription Changed = Sample.Describe(Modality.Image, "revision-2");

    [Fact]
    public async Task A_process_that_starts_while_the_encoder_is_down_answers_what_another_has_stored()
    {
        var store = new FakeSharedStore();
        EncodeOutcome miss;
        await using (var earlier = new CacheUnderTest(new FakeEncoder(), store))
        {
            miss = Assert.Single(await earlier.EncodeAsync(true, "cat"));
        }

        await using var restarted = new CacheUnderTest(new FakeEncoder { Failure = Down }, store);

        var hit = Assert.Single(await restarted.EncodeAsync(true, "cat"));

        Assert.Equal(CacheStatus.HitShared, hit.CacheStatus);
        EncodedAssert.Same(miss.Encoded!, hit.Encoded!);
        Assert.Equal(Sample.Description.Model, (await restarted.Encoder.DescribeAsync(CancellationToken.None)).Default!.Model);
    }

    [Fact]
    public async Task An_encoder_that_does_not_answer_keeps_nobody_who_knows_its_description()
    {
        var store = new FakeSharedStore();
        await using (var earlier = new CacheUnderTest(new FakeEncoder(), store))
        {
            await earlier.EncodeAsync("cat");
        }

        await using var restarted = new CacheUnderTest(new FakeEncoder { IsDescribed = false }, store);

        var hit = restarted.EncodeAsync("cat");
        await AdvanceUntilAsync(restarted.Time, hit);

        Assert.Equal(CacheStatus.HitShared, (await hit)[0].CacheStatus);
    }

    [Fact]
    public async Task What_is_remembered_does_not_hide_what_the_encoder_says()
    {
        var store = new FakeSharedStore();
        await using (var earlier = new CacheUnderTest(new FakeEncoder(), store))
        {
            await earlier.EncodeAsync("cat");
        }

        await using var restarted = new CacheUnderTest(new FakeEncoder { Description = Changed }, store);

        var outcome = Assert.Single(await restarted.EncodeAsync("cat"));

        Assert.Equal(CacheStatus.Miss, outcome.CacheStatus);
        Assert.Equal("revision-2", outcome.Encoded!.Model.Revision);
    }

    [Fact]
    public async Task A_memory_that_was_out_of_reach_at_start_is_asked_again()
    {
        var store = new FakeSharedStore();
        await using (var earlier = new CacheUnderTest(new FakeEncoder(), store))
        {
            await earlier.EncodeAsync("cat");
        }

        store.Failure = new InvalidOperationException("not yet");
        await using var restarted = new CacheUnderTest(new FakeEncoder { Failure = Down }, store);
        await Assert.ThrowsAsync<SensoriumException>(() => restarted.EncodeAsync("cat"));
        store.Failure = null;

        Assert.Equal(CacheStatus.HitShared, (await restarted.EncodeAsync("cat"))[0].CacheStatus);
    }

    [Fact]
    public async Task An_encoder_never_heard_of_that_is_down_is_an_error()
    {
        await using var cache = new CacheUnderTest(new FakeEncoder { Failure = Down }, new FakeSharedStore());

        Assert.Same(Down, await Assert.ThrowsAsync<SensoriumException>(() => cache.EncodeAsync("cat")));
        Assert.Same(Down, await Assert.ThrowsAsync<SensoriumException>(async () => await cache.Encoder.DescribeAsync(CancellationToken.None)));
    }

    [Fact]
    public async Task Descriptions_of_other_origins_are_not_taken_for_ones_own()
    {
        var store = new FakeSharedStore();
        await using (var earlier = new CacheUnderTest(new FakeEncoder(), store))
        {
            await earlier.EncodeAsync("cat");
        }

        await using var elsewhere = new CacheUnderTest(new FakeEncoder { Failure = Down }, store, origin: "other:8080");

        await Assert.ThrowsAsync<SensoriumException>(() => elsewhere.EncodeAsync("cat"));
    }

    [Fact]
    public async Task New_weights_make_new_keys_once_the_description_is_renewed()
    {
        await using var cache = new CacheUnderTest(new FakeEncoder());
        var before = await cache.EncodeAsync("cat");
        cache.Inner.Description = Changed;
        cache.Time.Advance(TimeSpan.FromSeconds(6));
        await cache.Encoder.DescribeAsync(CancellationToken.None);

        var after = await cache.EncodeAsync("cat");

        Assert.Equal(CacheStatus.Miss, after[0].CacheStatus);
        Assert.Equal("revision-2", after[0].Encoded!.Model.Revision);
        Assert.NotEqual(before[0].Encoded!.Embedding.ToArray(), after[0].Encoded!.Embedding.ToArray());
    }

    [Fact]
    public async Task A_young_description_is_not_asked_for_again_and_an_old_one_is()
    {
        await using var cache = new CacheUnderTest(new FakeEncoder());
        await cache.EncodeAsync("cat");
        cache.Inner.Description = Changed;

        Assert.Equal("revision-1", (await cache.Encoder.DescribeAsync(CancellationToken.None)).Default!.Model.Revision);
        cache.Time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal("revision-2", (await cache.Encoder.DescribeAsync(CancellationToken.None)).Default!.Model.Revision);
    }

    [Fact]
    public async Task One_answer_never_mixes_the_hits_of_old_weights_with_results_of_new_ones()
    {
        await using var cache = new CacheUnderTest(new FakeEncoder());
        await cache.EncodeAsync("cat", "dog");
        cache.Inner.Description = Changed;

        var outcomes = await cache.EncodeAsync("cat", "bird", "dog");

        Assert.All(outcomes, o => Assert.Equal("revision-2", o.Encoded!.Model.Revision));
        Assert.All(await cache.EncodeAsync("cat", "bird", "dog"), o => Assert.Equal(CacheStatus.HitMemory, o.CacheStatus));
    }

    [Fact]
    public async Task Neither_does_it_while_the_encoder_still_describes_its_old_weights()
    {
        await using var cache = new CacheUnderTest(new FakeEncoder());
        await cache.EncodeAsync("cat", "dog");
        cache.Inner.Described = Sample.Description;
        cache.Inner.Description = Changed;

        var outcomes = await cache.EncodeAsync("cat", "bird", "dog");

        Assert.All(outcomes, o => Assert.Equal("revision-2", o.Encoded!.Model.Revision));
    }

    [Fact]
    public async Task Results_of_unexpected_weights_are_not_kept_under_the_keys_of_others()
    {
        await using var cache = new CacheUnderTest(new FakeEncoder());
        await cache.Encoder.DescribeAsync(CancellationToken.None);
        cache.Inner.Description = Changed;
        await cache.EncodeAsync("cat");
        cache.Inner.Description = Sample.Description;
        await cache.Encoder.DescribeAsync(CancellationToken.None);

        var outcome = Assert.Single(await cache.EncodeAsync("cat"));

        Assert.Equal(CacheStatus.Miss, outcome.CacheStatus);
        Assert.Equal("revision-1", outcome.Encoded!.Model.Revision);
    }

    [Fact]
    public void A_description_survives_its_stored_form()
    {
        var served = new ServedModels<EncoderDescription>("vision", [Sample.Description], [new UnservedModel("broken", "no graph", true) { Aliases = ["old"] }]);
        var stored = DescriptionCodec.Encode(served);

        var all = DescriptionCodec.Decode(stored, Modality.Image)!;

        Assert.Equal(served.Service, all.Service);
        Assert.Equal(("broken", "no graph", true), (all.Unserved[0].Id, all.Unserved[0].Reason, all.Unserved[0].IsDefault));
        Assert.Equal(["old"], all.Unserved[0].Aliases);
        var decoded = Assert.Single(all.Models);
        Assert.Equal(Sample.Description.Model, decoded.Model);
        Assert.Equal(Sample.Description.Limits, decoded.Limits);
        Assert.Equal(Sample.Description.Tracks, decoded.Tracks);
        Assert.Equal(Sample.Description.EmbeddingWidth, decoded.EmbeddingWidth);
        Assert.Null(DescriptionCodec.Decode(stored, Modality.Audio));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1,2]")]
    [InlineData("{\"Modality\":2,\"Model\":{\"Revision\":\"a\"}}")]
    [InlineData("{\"Modality\":\"x\"}")]
    public void A_broken_description_is_none(string stored) => Assert.Null(DescriptionCodec.Decode(Sample.Bytes(stored), Modality.Image));

    private static async Task AdvanceUntilAsync(FakeTimeProvider time, Task task)
    {
        while (!task.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.WhenAny(task, Task.Delay(1));
        }
    }
}
