using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Media.Imaging;
using Sensorium.Testing.Shared.Media;
using Sensorium.Video.Preprocessing;
using Xunit;
using static Sensorium.Preprocessing.UnitTests.PreprocessingServices;

namespace Sensorium.Preprocessing.UnitTests;

/// <summary>Videos whose containers say little, or something wrong, of when their frames are shown.</summary>
public sealed class VideoTimesTests : IDisposable
{
    private static readonly PictureProcessorConfig Config = new() { Width = 8, Height = 8, Mean = [0, 0, 0], Deviation = [1, 1, 1] };

    private readonly PreprocessingServices _services = new();

    [Theory]
    [InlineData(5)]
    [InlineData(20)]
    public async Task A_picture_that_lasts_longer_than_a_clip_is_held(int seconds)
    {
        var path = TestMedia.Make($"slides-{seconds}.mp4", ["-i", TestMedia.ColourVideo(), "-vf", $"fps=1,setpts=N*{seconds}/TB,fps=1/{seconds}", .. Plain]);
        var steady = TestMedia.Make($"slides-{seconds}-steady.mp4", ["-i", path, "-r", "5", .. Plain]);

        var (held, summary) = await PrepareAsync(Create(), path, 64);
        var (expected, _) = await PrepareAsync(Create(), steady, 64);

        Assert.Empty(summary.Warnings);
        Assert.Equal(Compare(expected), Compare(held));
    }

    [Theory]
    [InlineData("sparse.ts", "-g", "1000")]
    [InlineData("refresh.mp4", "-x264-params", "intra-refresh=1:keyint=40")]
    public async Task Frames_are_those_of_their_time_wherever_decoding_can_begin(string name, params string[] options)
    {
        var path = TestMedia.Make(name, ["-i", TestMedia.ColourVideo(16), .. Plain, .. options]);

        var (clips, _) = await PrepareAsync(Create(), path, 64);
        var (expected, _) = await PrepareAsync(Create(), TestMedia.ColourVideo(16), 64);

        Assert.Equal(Compare(expected), Compare(clips));
    }

    [Fact]
    public async Task Pictures_that_begin_after_the_sound_begin_when_they_begin()
    {
        var path = TestMedia.Make(
            "late.mp4", ["-itsoffset", "5", "-i", TestMedia.ColourVideo(), "-i", TestMedia.Sound(9), "-map", "0", "-map", "1", "-c:v", "copy", "-c:a", "aac"]);

        var (clips, _) = await PrepareAsync(Create(), path, 64);
        var (expected, _) = await PrepareAsync(Create(), TestMedia.ColourVideo(), 64);

        Assert.Equal(Compare(expected), Compare(clips));
        Assert.Equal(5.0, clips[0].From, 0.1);
    }

    [Fact]
    public async Task Sound_that_goes_on_does_not_make_a_video_longer()
    {
        var path = TestMedia.Make(
            "short.flv", ["-i", TestMedia.ColourVideo(), "-i", TestMedia.Sound(30), "-map", "0", "-map", "1", "-c:v", "copy", "-c:a", "aac"]);

        var (clips, summary) = await PrepareAsync(Create(), path, 64);

        Assert.Single(clips);
        Assert.Equal(4.0, summary.Duration!.Value.TotalSeconds, 0.1);
    }

    [Theory]
    [InlineData("mp4", 64)]
    [InlineData("mp4", 1)]
    [InlineData("mkv", 64)]
    public async Task Of_a_video_that_was_cut_off_what_is_there_is_used_and_that_is_told(string format, int segments)
    {
        var whole = TestMedia.Make(
            $"whole.{format}", ["-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=20", .. Plain, "-g", "25", "-movflags", "+faststart"]);
        var data = await File.ReadAllBytesAsync(whole, TestContext.Current.CancellationToken);
        var path = Path.Combine(Path.GetDirectoryName(whole)!, $"cut-{segments}.{format}");
        await File.WriteAllBytesAsync(path, data[..(data.Length * 4 / 10)], TestContext.Current.CancellationToken);

        var (clips, summary) = await PrepareAsync(Create(), path, segments);

        Assert.Contains(summary.Warnings, warning => warning.Reason == WarningReasons.MediaTruncated);
        Assert.InRange(summary.Duration!.Value.TotalSeconds, 6, 9.5);
        Assert.True(summary.Warnings.Count(warning => warning.Reason == WarningReasons.SegmentsSampled) <= 1);
        Assert.InRange(clips[^1].Until, 6, 9.5);
        Assert.Equal(clips.Count, segments == 1 ? 1 : summary.SegmentsAvailable);
    }

    public void Dispose() => _services.Dispose();

    private static string[] Plain => ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-bf", "0", "-threads", "1"];

    private IMediaPreprocessor Create() => VideoPreprocessing.Create(_services.Provider, Config, 4, 1);

    // Colours, coarse enough for another encoder's rounding.
    private static string Compare(List<Segment> clips) =>
        string.Join('|', clips.Select(clip => string.Join(' ', clip.Data.Where((_, i) => i % 64 == 36).Select(value => value > 0.5f ? 1 : 0))));
}
