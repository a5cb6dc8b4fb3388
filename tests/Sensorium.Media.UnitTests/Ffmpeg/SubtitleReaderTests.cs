using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Media.Ffmpeg;
using Sensorium.Testing.Shared.Media;
using Xunit;

namespace Sensorium.Media.UnitTests.Ffmpeg;

public sealed class SubtitleReaderTests : IDisposable
{
    private readonly MediaServices _services = new();

    [Theory]
    [InlineData("mp4")]
    [InlineData("mkv")]
    public async Task Cues_come_as_plain_timed_text(string container)
    {
        var cues = await ReadAsync(MediaServices.File(container == "mp4" ? TestMedia.Video() : TestMedia.MatroskaVideo()));

        Assert.Equal(["A dog barks", "Then it sleeps"], cues.Select(cue => cue.Text));
        Assert.Equal(0.5, cues[0].Start.TotalSeconds, 0.05);
        Assert.Equal(3.0, cues[1].End.TotalSeconds, 0.05);
    }

    [Fact]
    public async Task A_range_keeps_the_cues_that_overlap_it()
    {
        var cues = await ReadAsync(MediaServices.File(TestMedia.Video()), new TimeRange(TimeSpan.FromSeconds(1.6), TimeSpan.FromSeconds(4)));

        Assert.Equal("Then it sleeps", Assert.Single(cues).Text);
    }

    [Fact]
    public async Task A_video_without_subtitles_has_no_such_track()
    {
        var error = await Assert.ThrowsAsync<SensoriumException>(() => ReadAsync(MediaServices.File(TestMedia.SilentVideo())));

        Assert.Equal(ErrorReasons.NoSuchTrack, error.Reason);
    }

    [Fact]
    public void SubRip_is_read_with_empty_lines_markup_and_entities()
    {
        const string Text = "1\r\n00:00:01,000 --> 00:00:02,500\r\n<font color=\"#fff\">a &lt; b</font>\r\n\r\nafter a gap\r\n\r\n2\r\n01:02:03,004 --> 01:02:04,000\r\n{\\an8}top 3 < 4\r\n\r\n";

        var cues = SubRip.Parse(Text).ToList();

        Assert.Equal(["a < b after a gap", "top 3 < 4"], cues.Select(cue => cue.Text));
        Assert.Equal(new TimeSpan(0, 1, 2, 3, 4), cues[1].Start);
    }

    public void Dispose() => _services.Dispose();

    private async Task<List<SubtitleCue>> ReadAsync(IMediaContent content, TimeRange? range = null)
    {
        var cues = new List<SubtitleCue>();
        await foreach (var cue in _services.Get<ISubtitleReader>().ReadAsync(content, range, TestContext.Current.CancellationToken))
        {
            cues.Add(cue);
        }

        return cues;
    }
}
