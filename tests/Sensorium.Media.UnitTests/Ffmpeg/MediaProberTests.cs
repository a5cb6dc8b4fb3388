using System.Text;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Media.Ffmpeg;
using Sensorium.Testing.Shared.Media;
using Xunit;

namespace Sensorium.Media.UnitTests.Ffmpeg;

public sealed class MediaProberTests : IDisposable
{
    private readonly MediaServices _services = new();

    [Fact]
    public async Task A_video_is_described_with_its_tracks()
    {
        var probe = await ProbeAsync(MediaServices.File(TestMedia.Video()));

        Assert.Equal((320, 180, 25.0), (probe.Video!.Width, probe.Video.Height, probe.Video.FrameRate));
        Assert.Equal(TimeSpan.FromSeconds(4), probe.Video.Duration);
        Assert.Equal(44100, probe.Sound!.SampleRate);
        Assert.Equal("mov_text", probe.Subtitles!.Codec);
    }

    [Fact]
    public async Task A_video_in_memory_whose_index_stands_at_its_end_is_described()
    {
        var probe = await ProbeAsync(MediaServices.Loaded(TestMedia.Video()));

        Assert.Equal("h264", probe.Video!.Codec);
    }

    [Fact]
    public async Task A_rotated_video_is_measured_upright()
    {
        var path = TestMedia.Make("rotated.mp4", ["-i", TestMedia.SilentVideo(), "-c", "copy", "-metadata:s:v:0", "rotate=90"]);

        var probe = await ProbeAsync(MediaServices.File(path));

        Assert.Equal((180, 320), (probe.Video!.Width, probe.Video.Height));
    }

    [Fact]
    public async Task Cover_art_is_not_a_video()
    {
        var picture = TestMedia.Make("cover.png", ["-f", "lavfi", "-i", "color=red:s=32x32", "-frames:v", "1"]);
        var path = TestMedia.Make("cover.mp3", ["-i", TestMedia.Sound(), "-i", picture, "-map", "0:a", "-map", "1:v", "-c:v", "copy", "-disposition:v", "attached_pic"]);

        var probe = await ProbeAsync(MediaServices.File(path));

        Assert.Null(probe.Video);
        Assert.NotNull(probe.Sound);
    }

    [Fact]
    public async Task A_recording_that_does_not_say_how_long_it_is_gets_measured()
    {
        var path = TestMedia.Make("live.mkv", ["-i", TestMedia.SilentVideo(), "-c", "copy", "-live", "1"]);

        var probe = await ProbeAsync(MediaServices.File(path));

        Assert.NotNull(probe.Duration);
        Assert.Equal(4.0, probe.Duration.Value.TotalSeconds, 0.2);
    }

    [Fact]
    public async Task Text_is_undecodable_whatever_it_is_called()
    {
        var error = await Assert.ThrowsAsync<SensoriumException>(() => ProbeAsync(MediaServices.Bytes("This is not a film."u8.ToArray())));

        Assert.Equal(ErrorReasons.UndecodableMedia, error.Reason);
        Assert.DoesNotContain(_services.Folder, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_empty()
    {
        var error = await Assert.ThrowsAsync<SensoriumException>(() => ProbeAsync(MediaServices.Bytes([])));

        Assert.Equal(ErrorReasons.EmptyMedia, error.Reason);
    }

    [Fact]
    public async Task A_video_that_was_cut_off_before_its_index_is_truncated()
    {
        var bytes = File.ReadAllBytes(TestMedia.Video());

        var error = await Assert.ThrowsAsync<SensoriumException>(() => ProbeAsync(MediaServices.Bytes(bytes[..(bytes.Length / 2)])));

        Assert.Equal(ErrorReasons.TruncatedMedia, error.Reason);
    }

    // Each of these makes an unguarded ffmpeg open another file or address.
    [Theory]
    [InlineData("#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n")]
    [InlineData("#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n")]
    [InlineData("ffconcat version 1.0\nfile '/etc/passwd'\n")]
    [InlineData("<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\"><Period><BaseURL>file:///etc/passwd</BaseURL></Period></MPD>")]
    [InlineData("v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=x\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 5004 RTP/AVP 0\r\n")]
    public async Task Formats_that_refer_to_others_are_refused(string content)
    {
        var error = await Assert.ThrowsAsync<SensoriumException>(() => ProbeAsync(MediaServices.Bytes(Encoding.UTF8.GetBytes(content))));

        Assert.Equal(ErrorReasons.UndecodableMedia, error.Reason);
        Assert.DoesNotContain("root:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_temporary_file_stays()
    {
        await ProbeAsync(MediaServices.Loaded(TestMedia.Video()));

        Assert.Empty(Directory.GetFiles(_services.Folder, "*.spool", SearchOption.AllDirectories));
    }

    public void Dispose() => _services.Dispose();

    private Task<MediaProbe> ProbeAsync(IMediaContent content) =>
        _services.Get<IMediaProber>().ProbeAsync(content, TestContext.Current.CancellationToken);
}
