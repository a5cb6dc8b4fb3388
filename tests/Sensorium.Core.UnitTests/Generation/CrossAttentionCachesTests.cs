using Sensorium.Core.Encoding;
using Sensorium.Core.Generation.CrossAttention;
using Sensorium.Core.UnitTests.Generation.Fakes;
using Xunit;

namespace Sensorium.Core.UnitTests.Generation;

/// <summary>Each cache takes 96 bytes and its features 4: three fit.</summary>
public sealed class CrossAttentionCachesTests : IDisposable
{
    private readonly HashDecoder _decoder = new() { CacheBytes = 96 };
    private readonly CrossAttentionCaches _caches;

    public CrossAttentionCachesTests() => _caches = new CrossAttentionCaches(_decoder, capacityBytes: 300);

    public void Dispose() => _caches.Dispose();

    [Fact]
    public void The_same_features_are_read_once()
    {
        var features = Features();

        using var first = _caches.Read(features);
        using var second = _caches.Read(features);

        Assert.Same(first.Cache, second.Cache);
        Assert.Equal(1, _decoder.CachesRead);
    }

    [Fact]
    public void Equal_features_of_another_medium_are_not_taken_for_the_same()
    {
        _caches.Read(Features()).Dispose();
        _caches.Read(Features()).Dispose();

        Assert.Equal(2, _decoder.CachesRead);
    }

    [Fact]
    public void The_least_recently_used_leaves_first_and_is_freed()
    {
        FeatureSequence[] features = [Features(), Features(), Features(), Features()];
        foreach (var each in features[..3])
        {
            _caches.Read(each).Dispose();
        }

        _caches.Read(features[0]).Dispose();
        _caches.Read(features[3]).Dispose();
        Assert.Equal((4, 3), (_decoder.CachesRead, _decoder.OpenCaches));

        _caches.Read(features[0]).Dispose();
        Assert.Equal(4, _decoder.CachesRead);
        _caches.Read(features[1]).Dispose();
        Assert.Equal(5, _decoder.CachesRead);
    }

    [Fact]
    public void What_leaves_is_freed_when_nobody_reads_it_any_more()
    {
        var lease = _caches.Read(Features());
        _caches.Dispose();
        Assert.Equal(1, _decoder.OpenCaches);

        lease.Dispose();
        lease.Dispose();

        Assert.Equal(0, _decoder.OpenCaches);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(99)]
    public void What_does_not_fit_is_not_kept(long capacityBytes)
    {
        using var caches = new CrossAttentionCaches(_decoder, capacityBytes);
        var features = Features();
        caches.Read(features).Dispose();

        Assert.Equal(0, _decoder.OpenCaches);
        caches.Read(features).Dispose();
        Assert.Equal(2, _decoder.CachesRead);
    }

    [Fact]
    public async Task A_caption_of_the_same_features_says_the_same()
    {
        var features = GeneratorHarness.Encode(GeneratorHarness.Item("3x5", Core.Media.Modality.Image));
        await using var harness = new GeneratorHarness(decoder: _decoder) { Answer = _ => features };
        var first = await harness.RunAsync(GeneratorHarness.Job("3x5"));

        var second = await harness.RunAsync(GeneratorHarness.Job("3x5"));

        Assert.Equal(first.Describe(), second.Describe());
        Assert.Equal(1, _decoder.CachesRead);
    }

    private static FeatureSequence Features() => new(1, 1, new float[] { 3 });
}
