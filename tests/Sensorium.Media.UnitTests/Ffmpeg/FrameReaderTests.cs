using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Media.Ffmpeg;
using Sensorium.Media.Imaging;
using Sensorium.Testing.Shared.Media;
using Xunit;

namespace Sensorium.Media.UnitTests.Ffmpeg;

public sealed class FrameReaderTests : IDisposable
{
    private readonly MediaServices _services = new();

    [Fact]
    public async Task Frames_are_those_on_display_first_and_last_included()
    {
        var colours = await ReadAsync(MediaServices.File(TestMedia.ColourVideo()), 0, 4, 4);

        Assert.Equal(["red", "green", "blue", "white"], colours);
    }

    [Fact]
    public async Task A_span_is_cut_exactly()
    {
        var colours = await ReadAsync(MediaServices.File(TestMedia.ColourVideo()), 1, 3, 4);

        Assert.Equal(["green", "green", "blue", "blue"], colours);
    }

    [Fact]
    public async Task Frames_far_apart_are_sought()
    {
        using var services = new MediaServices(builder => builder.Configuration["Sensorium:Media:Ffmpeg:SeekStep"] = "00:00:00.5");

        var colours = await ReadAsync(MediaServices.File(TestMedia.ColourVideo()), 0, 4, 4, services);

        // 0, 1.32, 2.65 and the end.
        Assert.Equal(["red", "green", "blue", "white"], colours);
    }

    [Fact]
    public async Task One_frame_is_the_first()
    {
        var colours = await ReadAsync(MediaServices.Loaded(TestMedia.ColourVideo()), 2, 4, 1);

        Assert.Equal(["blue"], colours);
    }

    [Fact]
    public async Task Sound_alone_has_no_frames()
    {
        var error = await Assert.ThrowsAsync<SensoriumException>(() => ReadAsync(MediaServices.File(TestMedia.Sound()), 0, 1, 1));

        Assert.Equal(ErrorReasons.NoSuchTrack, error.Reason);
    }

    [Fact]
    public async Task Frames_over_the_limit_of_pixels_are_refused()
    {
        using var services = new MediaServices(builder => builder.Configuration["Sensorium:Media:Imaging:MaxPixels"] = "3000");

        var error = await Assert.ThrowsAsync<SensoriumException>(() => ReadAsync(MediaServices.File(TestMedia.ColourVideo()), 0, 1, 1, services));

        Assert.Equal(ErrorReasons.TooManyPixels, error.Reason);
        Assert.Equal("3072", error.Metadata["pixels"]);
        Assert.Equal("3000", error.Metadata["max_pixels"]);
    }

    [Fact]
    public async Task A_rotated_video_comes_upright()
    {
        var path = TestMedia.Make("rotated-colours.mp4", ["-i", TestMedia.ColourVideo(), "-c", "copy", "-metadata:s:v:0", "rotate=90"]);
        var content = MediaServices.File(path);
        var probe = await _services.Get<IMediaProber>().ProbeAsync(content, TestContext.Current.CancellationToken);

        await foreach (var frame in _services.Get<IFrameReader>().ReadAsync(
            content, probe, TimeSpan.Zero, TimeSpan.FromSeconds(1), 1, null, TestContext.Current.CancellationToken))
        {
            using (frame)
            {
                Assert.Equal((48, 64, "red"), (frame.Width, frame.Height, Colour(frame)));
            }
        }
    }

    public void Dispose() => _services.Dispose();

    private async Task<List<string>> ReadAsync(IMediaContent content, double from, double until, int count, MediaServices? services = null)
    {
        services ??= _services;
        var probe = await services.Get<IMediaProber>().ProbeAsync(content, TestContext.Current.CancellationToken);
        var colours = new List<string>();
        await foreach (var frame in services.Get<IFrameReader>().ReadAsync(
            content, probe, TimeSpan.FromSeconds(from), TimeSpan.FromSeconds(until), count, null, TestContext.Current.CancellationToken))
        {
            using (frame)
            {
                colours.Add(Colour(frame));
            }
        }

        return colours;
    }

    private static string Colour(RgbImage frame)
    {
        var middle = frame.Pixels.Slice(((frame.Height / 2 * frame.Width) + (frame.Width / 2)) * 3, 3);
        return (middle[0] > 128, middle[1] > 128, middle[2] > 128) switch
        {
            (true, false, false) => "red",
            (false, true, false) => "green",
            (false, false, true) => "blue",
            (true, true, true) => "white",
            _ => $"{middle[0]} {middle[1]} {middle[2]}",
        };
    }
}
