using Sensorium.Caching.UnitTests.Fakes;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Xunit;

namespace Sensorium.Caching.UnitTests;

public sealed class CacheModesTests : IAsyncDisposable
{
    private readonly CacheUnderTest _cache = new(new FakeEncoder());

    [Fact]
    public async Task Read_only_uses_what_is_there_and_keeps_nothing()
    {
        await _cache.EncodeAsync("cat");
        var batch = CacheUnderTest.Batch("cat", "dog") with { Cache = CacheMode.ReadOnly };

        var first = await _cache.Encoder.EncodeAsync(batch, CancellationToken.None);
        var second = await _cache.Encoder.EncodeAsync(batch, CancellationToken.None);

        Assert.Equal([CacheStatus.HitMemory, CacheStatus.Miss], first.Select(o => o.CacheStatus));
        Assert.Equal([CacheStatus.HitMemory, CacheStatus.Miss], second.Select(o => o.CacheStatus));
    }

    [Fact]
    public async Task Refresh_encodes_anew_and_replaces_what_is_there()
    {
        await _cache.EncodeAsync(true, "cat");
        _cache.Inner.Segments = 2;
        var refresh = CacheUnderTest.Batch("cat") with { Cache = CacheMode.Refresh, WithFeatures = true };

        var refreshed = await _cache.Encoder.EncodeAsync(refresh, CancellationToken.None);

        Assert.Equal(CacheStatus.Miss, refreshed[0].CacheStatus);
        EncodedAssert.Same(refreshed[0].Encoded!, (await _cache.EncodeAsync(true, "cat"))[0].Encoded!);
        Assert.Equal(2, (await _cache.EncodeAsync("cat"))[0].Encoded!.Segments.Count);
        Assert.Equal(2, _cache.Inner.Calls.Count);
    }

    [Fact]
    public async Task Bypass_leaves_the_cache_alone_and_the_features_unrounded()
    {
        await _cache.EncodeAsync(true, "cat");
        var bypass = CacheUnderTest.Batch("cat") with { Cache = CacheMode.Bypass, WithFeatures = true };

        var outcome = Assert.Single(await _cache.Encoder.EncodeAsync(bypass, CancellationToken.None));

        Assert.Equal(CacheStatus.Bypassed, outcome.CacheStatus);
        var exact = await _cache.Inner.EncodeAsync(bypass, CancellationToken.None);
        EncodedAssert.Same(exact[0].Encoded!, outcome.Encoded!);
    }

    [Fact]
    public async Task An_unresolved_uri_bypasses_the_cache_but_not_its_neighbours()
    {
        var batch = new EncodeBatch("request", [new MediaItem("u", new UriSource("https://example.org/a.png")), Sample.Picture("p", "cat")]);

        await _cache.Encoder.EncodeAsync(batch, CancellationToken.None);
        var again = await _cache.Encoder.EncodeAsync(batch, CancellationToken.None);

        Assert.Equal([CacheStatus.Bypassed, CacheStatus.HitMemory], again.Select(o => o.CacheStatus));
    }

    [Fact]
    public async Task A_pin_of_the_known_revision_hits_and_any_other_is_for_the_encoder_to_judge()
    {
        await _cache.EncodeAsync("cat");
        var batch = CacheUnderTest.Batch("cat");

        var pinned = await _cache.Encoder.EncodeAsync(batch with { Model = new ModelSelector("mini", "revision-1") }, CancellationToken.None);
        var other = await _cache.Encoder.EncodeAsync(batch with { Model = new ModelSelector(null, "revision-2") }, CancellationToken.None);

        Assert.Equal(CacheStatus.HitMemory, pinned[0].CacheStatus);
        Assert.Equal(CacheStatus.Bypassed, other[0].CacheStatus);
        Assert.Equal("revision-2", _cache.Inner.Calls[^1].Model!.Revision);
    }

    public ValueTask DisposeAsync() => _cache.DisposeAsync();
}
