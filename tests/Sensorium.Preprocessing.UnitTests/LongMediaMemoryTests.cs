using Sensorium.Audio.Preprocessing;
using Sensorium.Core.Encoding;
using Sensorium.Media.Imaging;
using Sensorium.Media.Sound;
using Sensorium.Testing.Shared.Media;
using Sensorium.Video.Preprocessing;
using Xunit;
using static Sensorium.Preprocessing.UnitTests.PreprocessingServices;

namespace Sensorium.Preprocessing.UnitTests;

/// <summary>Counts what the whole process allocates, so nothing runs beside it.</summary>
[CollectionDefinition(nameof(LongMediaMemoryTests), DisableParallelization = true)]
[Collection(nameof(LongMediaMemoryTests))]
[Trait("Tier", "Full")]
public sealed class LongMediaMemoryTests : IDisposable
{
    private readonly PreprocessingServices _services = new();

    [Fact]
    public async Task Sound_takes_no_more_memory_when_it_is_longer()
    {
        // Windows of one second, of which four are kept.
        var preprocessor = AudioPreprocessing.Create(_services.Provider, new LogMelExtractor(new LogMelConfig { NSamples = 16000 }));
        // Compressed, so that the file itself hardly counts.
        await AllocationAsync(preprocessor, TestMedia.Sound(5, "ogg"), 4);
        var shorter = await AllocationAsync(preprocessor, TestMedia.Sound(60, "ogg"), 4);

        var longer = await AllocationAsync(preprocessor, TestMedia.Sound(600, "ogg"), 4);

        // Decoded at once, the longer one would take 38 MB. A read that waits for the decoder takes some bytes, so a slow
        // decoder takes a few megabytes.
        Assert.InRange(longer - shorter, long.MinValue, 12_000_000);
    }

    [Fact]
    public async Task A_clip_takes_no_more_memory_when_it_is_longer()
    {
        const int Side = 8;
        var config = new PictureProcessorConfig { Width = Side, Height = Side, Mean = [0, 0, 0], Deviation = [1, 1, 1] };
        var preprocessor = VideoPreprocessing.Create(_services.Provider, config, 4, 1);
        await AllocationAsync(preprocessor, Clip(20), 3);
        var shorter = await AllocationAsync(preprocessor, Clip(20), 3);

        var longer = await AllocationAsync(preprocessor, Clip(1200), 3);

        // Three frames for every second of the longer one would take 33 MB. Frames far apart are a process each, which takes
        // a quarter of a megabyte to start.
        Assert.InRange(longer - shorter, long.MinValue, 12_000_000);
    }

    public void Dispose() => _services.Dispose();

    private static string Clip(int seconds) =>
        TestMedia.Make($"long-{seconds}.mp4", ["-f", "lavfi", "-i", $"testsrc2=s=64x48:r=3:d={seconds}", "-c:v", "libx264", "-preset", "ultrafast", "-crf", "40"]);

    /// <summary>Bytes that preparing a medium allocates, whether still alive or not.</summary>
    private static async Task<long> AllocationAsync(IMediaPreprocessor preprocessor, string path, int segments)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true) + new FileInfo(path).Length;
        await PrepareAsync(preprocessor, path, segments);
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }
}
