using Sensorium.Core.Encoding;
using Sensorium.Core.Generation.Memories;
using Sensorium.Core.UnitTests.Generation.Fakes;
using Xunit;

namespace Sensorium.Core.UnitTests.Generation;

/// <summary>Each memory takes 96 bytes and its features 4: three fit.</summary>
public sealed class MediaMemoriesTests : IDisposable
{
    private readonly HashDecoder _decoder = new() { MemoryBytes = 96 };
    private readonly MediaMemories _memories;

    public MediaMemoriesTests() => _memories = new MediaMemories(_decoder, capacityBytes: 300);

    public void Dispose() => _memories.Dispose();

    [Fact]
    public void The_same_features_are_read_once()
    {
        var features = Features();

        using var first = _memories.Read(features);
        using var second = _memories.Read(features);

        Assert.Same(first.Memory, second.Memory);
        Assert.Equal(1, _decoder.MemoriesRead);
    }

    [Fact]
    public void Equal_features_of_another_medium_are_not_taken_for_the_same()
    {
        _memories.Read(Features()).Dispose();
        _memories.Read(Features()).Dispose();

        Assert.Equal(2, _decoder.MemoriesRead);
    }

    [Fact]
    public void The_least_recently_used_leaves_first_and_is_freed()
    {
        FeatureSequence[] features = [Features(), Features(), Features(), Features()];
        foreach (var each in features[..3])
        {
            _memories.Read(each).Dispose();
        }

        _memories.Read(features[0]).Dispose();
        _memories.Read(features[3]).Dispose();
        Assert.Equal((4, 3), (_decoder.MemoriesRead, _decoder.OpenMemories));

        _memories.Read(features[0]).Dispose();
        Assert.Equal(4, _decoder.MemoriesRead);
        _memories.Read(features[1]).Dispose();
        Assert.Equal(5, _decoder.MemoriesRead);
    }

    [Fact]
    public void What_leaves_is_freed_when_nobody_reads_it_any_more()
    {
        var lease = _memories.Read(Features());
        _memories.Dispose();
        Assert.Equal(1, _decoder.OpenMemories);

        lease.Dispose();
        lease.Dispose();

        Assert.Equal(0, _decoder.OpenMemories);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(99)]
    public void What_does_not_fit_is_not_kept(long capacityBytes)
    {
        using var memories = new MediaMemories(_decoder, capacityBytes);
        var features = Features();
        memories.Read(features).Dispose();

        Assert.Equal(0, _decoder.OpenMemories);
        memories.Read(features).Dispose();
        Assert.Equal(2, _decoder.MemoriesRead);
    }

    [Fact]
    public async Task A_caption_of_the_same_features_says_the_same()
    {
        var features = GeneratorHarness.Encode(GeneratorHarness.Item("3x5", Core.Media.Modality.Image));
        await using var harness = new GeneratorHarness(decoder: _decoder) { Answer = _ => features };
        var first = await harness.RunAsync(GeneratorHarness.Job("3x5"));

        var second = await harness.RunAsync(GeneratorHarness.Job("3x5"));

        Assert.Equal(first.Describe(), second.Describe());
        Assert.Equal(1, _decoder.MemoriesRead);
    }

    private static FeatureSequence Features() => new(1, 1, new float[] { 3 });
}
