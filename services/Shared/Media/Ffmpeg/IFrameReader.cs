using Sensorium.Core.Media;
using Sensorium.Media.Imaging;

namespace Sensorium.Media.Ffmpeg;

/// <summary>Decodes frames of a video's picture track.</summary>
public interface IFrameReader
{
    /// <summary>
    /// The frames on display at <paramref name="count"/> evenly spaced moments of the half-open span, its first and its last
    /// frame included, at full size and upright. Fewer come if the video ends before. The caller disposes each.
    /// Only what is needed is decoded: moments far apart are sought, near ones are read in one pass.
    /// </summary>
    IAsyncEnumerable<RgbImage> ReadAsync(
        IMediaContent content,
        MediaProbe probe,
        TimeSpan from,
        TimeSpan until,
        int count,
        DecodingReport? report,
        CancellationToken cancellationToken);
}
