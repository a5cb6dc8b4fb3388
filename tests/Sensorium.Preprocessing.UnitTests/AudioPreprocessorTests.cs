using Sensorium.Audio.Preprocessing;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Media.Sound;
using Sensorium.Testing.Shared.Media;
using Xunit;
using static Sensorium.Preprocessing.UnitTests.PreprocessingServices;

namespace Sensorium.Preprocessing.UnitTests;

public sealed class AudioPreprocessorTests : IDisposable
{
    /// <summary>Windows of one second.</summary>
    private static readonly LogMelConfig Config = new() { NSamples = 16000 };

    private readonly PreprocessingServices _services = new();

    [Fact]
    public async Task A_short_sound_is_one_filled_up_window()
    {
        var (segments, summary) = await PrepareAsync(Create(), TestMedia.Sound(0.4), 4);

        var segment = Assert.Single(segments);
        Assert.Equal([80, 100], segment.Shape);
        Assert.Equal((0.0, 0.4), (segment.From, segment.Until));
        Assert.Equal((1, false, 0.4), (summary.SegmentsAvailable, summary.Truncated, summary.Duration!.Value.TotalSeconds));
    }

    [Fact]
    public async Task A_long_sound_is_cut_into_consecutive_windows()
    {
        var (segments, summary) = await PrepareAsync(Create(), TestMedia.Sound(3.5), 4);

        Assert.Equal([(0.0, 1.0), (1.0, 2.0), (2.0, 3.0), (3.0, 3.5)], segments.Select(segment => (segment.From, segment.Until)));
        Assert.Equal((4, false), (summary.SegmentsAvailable, summary.Truncated));
    }

    [Fact]
    public async Task A_rest_that_is_too_short_is_left_out()
    {
        var (segments, summary) = await PrepareAsync(Create(), TestMedia.Sound(2.05), 4);

        Assert.Equal(2, segments.Count);
        Assert.Equal((2, false), (summary.SegmentsAvailable, summary.Truncated));
    }

    [Theory]
    [InlineData("aac", 1)]
    [InlineData("aac", 4)]
    public async Task An_estimated_length_decides_nothing(string format, int segments)
    {
        // Two silent seconds make the estimate several times too long.
        var path = TestMedia.Make($"quiet-loud.{format}", ["-f", "lavfi", "-i", "aevalsrc=if(lt(t\\,2)\\,0.0001\\,random(0)-0.5):s=44100:d=20", "-b:a", "128k"]);

        var (windows, summary) = await PrepareAsync(Create(), path, segments);

        Assert.Equal(segments, windows.Count);
        Assert.InRange(summary.Duration!.Value.TotalSeconds, 19.9, 20.2);
    }

    [Theory]
    [InlineData("mp3", 1)]
    [InlineData("flac", 1)]
    [InlineData("m4a", 64)]
    [InlineData("mp3", 64)]
    [InlineData("wav", 1)]
    [InlineData("wav", 64)]
    public async Task Of_a_sound_that_was_cut_off_what_is_there_is_used_and_that_is_told(string format, int segments)
    {
        var whole = TestMedia.Make($"whole.{format}", [.. (string[])["-f", "lavfi", "-i", "anoisesrc=a=0.3:r=44100:d=20:s=1", "-movflags", "+faststart"]]);
        var data = await File.ReadAllBytesAsync(whole, TestContext.Current.CancellationToken);
        var path = Path.Combine(Path.GetDirectoryName(whole)!, $"cut-{segments}.{format}");
        await File.WriteAllBytesAsync(path, data[..(data.Length * 4 / 10)], TestContext.Current.CancellationToken);

        var (windows, summary) = await PrepareAsync(Create(), path, segments);

        Assert.Single(summary.Warnings, warning => warning.Reason == WarningReasons.MediaTruncated);
        Assert.InRange(windows[^1].Until, segments == 1 ? 1 : 7, 9);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(150)]
    public async Task Of_a_longer_sound_windows_are_chosen_evenly(int seconds)
    {
        var (segments, summary) = await PrepareAsync(Create(), TestMedia.Sound(seconds), 2);

        Assert.Equal([seconds / 4, seconds * 3 / 4], segments.Select(segment => (int)segment.From));
        Assert.Equal((seconds, true), (summary.SegmentsAvailable, summary.Truncated));
        Assert.Equal(seconds, summary.Duration!.Value.TotalSeconds, 0.01);
    }

    [Fact]
    public async Task What_seeking_finds_is_what_reading_on_finds()
    {
        // Each second of it sounds different.
        var path = TestMedia.Make("steps.wav", ["-f", "lavfi", "-i", "aevalsrc='sin(2*PI*t*(200+100*floor(t)))':s=16000:d=100"]);
        var (sought, _) = await PrepareAsync(Create(), path, 1);
        var all = await PrepareAsync(Create(), path, 100);

        Assert.Equal(50, (int)Assert.Single(sought).From);
        Assert.Equal(all.Segments[50].Data, sought[0].Data);
        Assert.NotEqual(all.Segments[49].Data, sought[0].Data);
    }

    [Fact]
    public async Task A_range_moves_the_windows()
    {
        var (segments, summary) = await PrepareAsync(Create(), TestMedia.Sound(10), 4, Item(Modality.Audio, from: 2.5, until: 4));

        Assert.Equal([(2.5, 3.5), (3.5, 4.0)], segments.Select(segment => (segment.From, segment.Until)));
        Assert.Equal(1.5, summary.Duration!.Value.TotalSeconds, 3);
    }

    [Theory]
    [InlineData(20.0, null)]
    [InlineData(3.0, 3.0)]
    [InlineData(-1.0, 3.0)]
    public async Task A_range_that_holds_nothing_is_refused(double from, double? until)
    {
        var error = await RefusedAsync(Create(), TestMedia.Sound(10), Item(Modality.Audio, from: from, until: until));

        Assert.Equal(ErrorReasons.InvalidRange, error.Reason);
    }

    [Fact]
    public async Task The_sound_track_of_a_video_is_sound()
    {
        var (segments, _) = await PrepareAsync(Create(), TestMedia.Video(), 8, Item(Modality.Video, MediaTrack.Audio));

        Assert.Equal(4, segments.Count);
    }

    [Fact]
    public async Task A_video_without_sound_has_no_such_track()
    {
        var error = await RefusedAsync(Create(), TestMedia.SilentVideo(), Item(Modality.Video, MediaTrack.Audio));

        Assert.Equal(ErrorReasons.NoSuchTrack, error.Reason);
    }

    [Theory]
    [InlineData(Modality.Video, MediaTrack.Default)]
    [InlineData(Modality.Video, MediaTrack.Frames)]
    [InlineData(Modality.Audio, MediaTrack.Subtitles)]
    public async Task Other_tracks_are_refused(Modality modality, MediaTrack track)
    {
        var error = await RefusedAsync(Create(), TestMedia.Video(), Item(modality, track));

        Assert.Equal(ErrorReasons.UnsupportedTrack, error.Reason);
    }

    [Fact]
    public async Task A_sound_over_the_limit_is_refused()
    {
        using var services = new PreprocessingServices(("Sensorium:Media:Ffmpeg:MaxDuration", "00:00:05"));

        var error = await RefusedAsync(AudioPreprocessing.Create(services.Provider, new LogMelExtractor(Config)), TestMedia.Sound(10), Item(Modality.Audio));

        Assert.Equal(ErrorReasons.MediaTooLong, error.Reason);
    }

    [Fact]
    public void The_digest_names_every_parameter()
    {
        LogMelConfig[] variants =
        [
            Config, Config with { FeatureSize = 128 }, Config with { NSamples = 32000 }, Config with { Repeat = true },
            Config with { PaddingValue = 1 }, Config with { MinTail = 0.5 },
        ];

        Assert.Equal(variants.Length, variants.Select(variant => AudioPreprocessing.Create(_services.Provider, new LogMelExtractor(variant)).Digest).Distinct().Count());
    }

    public void Dispose() => _services.Dispose();

    private IMediaPreprocessor Create() => AudioPreprocessing.Create(_services.Provider, new LogMelExtractor(Config));
}
