using Sensorium.Core.Media;

namespace Sensorium.Media.Ffmpeg;

/// <summary>Reads the subtitle track of a container as timed text (SubRip, ASS, WebVTT, mov_text, …; not bitmaps).</summary>
public interface ISubtitleReader
{
    /// <summary>
    /// Cues in order of their start, those that overlap <paramref name="range"/>, times from the start of the medium. Throws
    /// NO_SUCH_TRACK if there is no text subtitle track, UNDECODABLE_MEDIA if the container cannot be read.
    /// </summary>
    IAsyncEnumerable<SubtitleCue> ReadAsync(IMediaContent content, TimeRange? range, CancellationToken cancellationToken);
}

/// <param name="Text">Plain text without markup; line breaks are spaces.</param>
public sealed record SubtitleCue(TimeSpan Start, TimeSpan End, string Text);
