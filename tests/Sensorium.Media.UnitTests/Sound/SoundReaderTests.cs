using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Media.Ffmpeg;
using Sensorium.Media.Sound;
using Sensorium.Testing.Shared.Media;
using Xunit;

namespace Sensorium.Media.UnitTests.Sound;

public sealed class SoundReaderTests : IDisposable
{
    private const int Rate = 16000;
    private readonly MediaServices _services = new();

    [Theory]
    [InlineData("wav")]
    [InlineData("mp3")]
    [InlineData("flac")]
    [InlineData("ogg")]
    [InlineData("m4a")]
    public async Task Any_container_gives_the_tone_that_it_holds(string extension)
    {
        var samples = await ReadAsync(MediaServices.Loaded(TestMedia.Sound(3, extension)));

        Assert.Equal(3.0, samples.Length / (double)Rate, 0.1);
        Assert.Equal(440.0, Frequency(samples.AsSpan(Rate, Rate)), 2.0);
    }

    [Fact]
    public async Task The_sound_of_a_video_is_read()
    {
        var samples = await ReadAsync(MediaServices.File(TestMedia.Video()));

        Assert.Equal(440.0, Frequency(samples.AsSpan(Rate, Rate)), 2.0);
    }

    [Fact]
    public async Task A_range_is_cut_to_the_sample()
    {
        var content = MediaServices.File(TestMedia.Sound());
        var all = await ReadAsync(content);

        var part = await ReadAsync(content, new TimeRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.5)));

        Assert.Equal(Rate / 2, part.Length);
        // The resampler's state at the cut differs, nothing else does.
        Assert.All(Enumerable.Range(1000, 4000), i => Assert.Equal(all[Rate + i], part[i], 0.001f));
    }

    [Fact]
    public async Task Blocks_have_the_length_asked_for_but_the_last()
    {
        var lengths = new List<int>();

        await foreach (var block in Read(MediaServices.File(TestMedia.Sound()), null, 20000))
        {
            lengths.Add(block.Length);
        }

        Assert.Equal([20000, 20000, 8000], lengths);
    }

    [Fact]
    public async Task A_video_without_sound_has_no_such_track()
    {
        var error = await Assert.ThrowsAsync<SensoriumException>(() => ReadAsync(MediaServices.File(TestMedia.SilentVideo())));

        Assert.Equal(ErrorReasons.NoSuchTrack, error.Reason);
    }

    [Fact]
    public async Task Noise_is_undecodable()
    {
        var noise = new byte[5000];
        new Random(1).NextBytes(noise);

        var error = await Assert.ThrowsAsync<SensoriumException>(() => ReadAsync(MediaServices.Bytes(noise)));

        Assert.Equal(ErrorReasons.UndecodableMedia, error.Reason);
    }

    [Fact]
    public async Task Cancelling_ends_the_process_and_frees_its_slot()
    {
        using var services = new MediaServices(builder => builder.Configuration["Sensorium:Media:Ffmpeg:MaxProcesses"] = "1");
        using var cancellation = new CancellationTokenSource();
        var content = MediaServices.File(TestMedia.Sound(600));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in services.Get<ISoundReader>().ReadAsync(content, null, Rate, Rate, null, cancellation.Token))
            {
                await cancellation.CancelAsync();
            }
        });

        var probe = await services.Get<IMediaProber>().ProbeAsync(content, TestContext.Current.CancellationToken);

        Assert.NotNull(probe.Sound);
    }

    [Fact]
    public async Task A_reader_that_stops_early_frees_the_slot()
    {
        using var services = new MediaServices(builder => builder.Configuration["Sensorium:Media:Ffmpeg:MaxProcesses"] = "1");
        var content = MediaServices.File(TestMedia.Sound(600));
        for (var i = 0; i < 3; i++)
        {
            await foreach (var block in services.Get<ISoundReader>().ReadAsync(content, null, Rate, Rate, null, TestContext.Current.CancellationToken))
            {
                Assert.Equal(Rate, block.Length);
                break;
            }
        }
    }

    public void Dispose() => _services.Dispose();

    private IAsyncEnumerable<ReadOnlyMemory<float>> Read(IMediaContent content, TimeRange? range, int blockSamples) =>
        _services.Get<ISoundReader>().ReadAsync(content, range, Rate, blockSamples, null, TestContext.Current.CancellationToken);

    private async Task<float[]> ReadAsync(IMediaContent content, TimeRange? range = null)
    {
        var samples = new List<float>();
        await foreach (var block in Read(content, range, 5000))
        {
            samples.AddRange(block.Span);
        }

        return [.. samples];
    }

    /// <summary>By counting rising zero crossings.</summary>
    private static double Frequency(ReadOnlySpan<float> samples)
    {
        var crossings = 0;
        for (var i = 1; i < samples.Length; i++)
        {
            crossings += samples[i - 1] < 0 && samples[i] >= 0 ? 1 : 0;
        }

        return crossings * (double)Rate / samples.Length;
    }
}
