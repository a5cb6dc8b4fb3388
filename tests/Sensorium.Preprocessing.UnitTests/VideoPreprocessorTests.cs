using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Media.Imaging;
using Sensorium.Testing.Shared.Media;
using Sensorium.Video.Preprocessing;
using Xunit;
using static Sensorium.Preprocessing.UnitTests.PreprocessingServices;

namespace Sensorium.Preprocessing.UnitTests;

public sealed class VideoPreprocessorTests : IDisposable
{
    private const int Side = 8;
    private const int Frames = 4;

    private static readonly PictureProcessorConfig Config = new()
    {
        Width = Side,
        Height = Side,
        Mean = [0, 0, 0],
        Deviation = [1, 1, 1],
    };

    // Four frames at one per second: segments of about four seconds.
    private readonly PreprocessingServices _services = new();

    [Fact]
    public async Task A_short_video_is_one_clip_of_evenly_chosen_frames()
    {
        var (segments, summary) = await PrepareAsync(Create(), TestMedia.ColourVideo(), 8);

        var clip = Assert.Single(segments);
        Assert.Equal([Frames, 3, Side, Side], clip.Shape);
        Assert.Equal("red green blue white", Colours(clip));
        Assert.Equal((1, false), (summary.SegmentsAvailable, summary.Truncated));
        Assert.Equal(4.0, summary.Duration!.Value.TotalSeconds, 0.05);
    }

    [Fact]
    public async Task A_video_with_fewer_frames_than_a_clip_repeats_the_last()
    {
        var path = TestMedia.Make("two.mp4", ["-i", TestMedia.ColourVideo(), "-vf", "fps=1", "-frames:v", "2"]);

        var (segments, _) = await PrepareAsync(Create(), path, 8);

        Assert.Equal("red red green green", Colours(Assert.Single(segments)));
    }

    [Fact]
    public async Task A_single_frame_is_a_clip()
    {
        var path = TestMedia.Make("one.mp4", ["-i", TestMedia.ColourVideo(), "-frames:v", "1"]);

        var (segments, _) = await PrepareAsync(Create(), path, 8);

        Assert.Equal("red red red red", Colours(Assert.Single(segments)));
    }

    [Fact]
    public async Task A_longer_video_is_cut_into_equal_clips()
    {
        var (segments, summary) = await PrepareAsync(Create(), TestMedia.ColourVideo(9), 8);

        Assert.Equal(2, segments.Count);
        Assert.Equal([(0.0, 4.5), (4.5, 9.0)], segments.Select(segment => (Math.Round(segment.From, 2), Math.Round(segment.Until, 2))));
        Assert.Equal((2, false), (summary.SegmentsAvailable, summary.Truncated));
        Assert.Equal("red green blue red", Colours(segments[0]));
    }

    [Fact]
    public async Task Of_many_clips_some_are_chosen_evenly()
    {
        var (segments, summary) = await PrepareAsync(Create(), TestMedia.ColourVideo(16), 2);

        Assert.Equal([4.0, 12.0], segments.Select(segment => segment.From));
        Assert.Equal((4, true), (summary.SegmentsAvailable, summary.Truncated));
    }

    [Fact]
    public async Task A_single_clip_of_a_long_video_spans_all_of_it_and_says_so()
    {
        var (segments, summary) = await PrepareAsync(Create(), TestMedia.ColourVideo(16), 1);

        var clip = Assert.Single(segments);
        Assert.Equal((0.0, 16.0), (clip.From, clip.Until));

        // 0, 5.33, 10.66 and the last frame.
        Assert.Equal("red green blue white", Colours(clip));
        Assert.Equal((4, false), (summary.SegmentsAvailable, summary.Truncated));
        Assert.Equal(WarningReasons.SegmentsSampled, Assert.Single(summary.Warnings).Reason);
    }

    [Fact]
    public async Task A_range_keeps_what_lies_in_it()
    {
        var (segments, _) = await PrepareAsync(Create(), TestMedia.ColourVideo(16), 8, Item(Modality.Video, from: 5, until: 7));

        var clip = Assert.Single(segments);
        Assert.Equal((5.0, 7.0), (clip.From, clip.Until));
        Assert.Equal("green green blue blue", Colours(clip));
    }

    [Fact]
    public async Task A_range_behind_the_end_is_refused()
    {
        var error = await RefusedAsync(Create(), TestMedia.ColourVideo(), Item(Modality.Video, from: 60));

        Assert.Equal(ErrorReasons.InvalidRange, error.Reason);
    }

    [Theory]
    [InlineData(MediaTrack.Audio)]
    [InlineData(MediaTrack.Subtitles)]
    public async Task Other_tracks_are_refused(MediaTrack track)
    {
        var error = await RefusedAsync(Create(), TestMedia.Video(), Item(Modality.Video, track));

        Assert.Equal(ErrorReasons.UnsupportedTrack, error.Reason);
    }

    [Fact]
    public async Task Sound_alone_has_no_frames()
    {
        var error = await RefusedAsync(Create(), TestMedia.Sound(), Item(Modality.Video));

        Assert.Equal(ErrorReasons.NoSuchTrack, error.Reason);
    }

    [Fact]
    public async Task A_video_over_the_limit_is_refused()
    {
        using var services = new PreprocessingServices(("Sensorium:Media:Ffmpeg:MaxDuration", "00:00:03"));
        var preprocessor = VideoPreprocessing.Create(services.Provider, Config, Frames, 1);

        var error = await RefusedAsync(preprocessor, TestMedia.ColourVideo(), Item(Modality.Video));

        Assert.Equal(ErrorReasons.MediaTooLong, error.Reason);
    }

    public void Dispose() => _services.Dispose();

    private IMediaPreprocessor Create() => VideoPreprocessing.Create(_services.Provider, Config, Frames, 1);

    /// <summary>The colour of each frame's middle.</summary>
    private static string Colours(Segment clip) => string.Join(' ', Enumerable.Range(0, clip.Shape[0]).Select(frame => Colour(clip.Data, frame)));

    private static string Colour(float[] data, int frame)
    {
        bool High(int channel) => data[(((frame * 3) + channel) * Side * Side) + (Side * Side / 2)] > 0.5f;
        return (High(0), High(1), High(2)) switch
        {
            (true, false, false) => "red",
            (false, true, false) => "green",
            (false, false, true) => "blue",
            (true, true, true) => "white",
            _ => "other",
        };
    }
}
