using Sensorium.Core.Media;
using Sensorium.Media.Ffmpeg;

namespace Sensorium.Text.UnitTests.Preprocessing;

/// <summary>Subtitles as a list.</summary>
internal sealed class Cues(params SubtitleCue[] cues) : ISubtitleReader
{
    public static SubtitleCue Cue(double start, double end, string text) => new(TimeSpan.FromSeconds(start), TimeSpan.FromSeconds(end), text);

    public IAsyncEnumerable<SubtitleCue> ReadAsync(IMediaContent content, TimeRange? range, CancellationToken cancellationToken) =>
        cues.ToAsyncEnumerable();
}
