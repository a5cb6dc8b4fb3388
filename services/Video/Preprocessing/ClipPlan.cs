using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Media.Ffmpeg;

namespace Sensorium.Video.Preprocessing;

/// <summary>Where a video's clips lie.</summary>
/// <param name="FrameRate">Frames per second that a clip should be made of.</param>
/// <param name="MaxDuration">Longest video.</param>
internal sealed record ClipPlan(int FramesPerClip, double FrameRate, TimeSpan MaxDuration)
{
    /// <summary>
    /// Clips in order, and the summary's facts about them. The video is cut into equal parts as near to
    /// FramesPerClip / FrameRate seconds as possible, so that none is left over.
    /// </summary>
    public IReadOnlyList<TimeRange> Choose(MediaProbe probe, TimeRange? range, PreprocessingRequest request)
    {
        var (begin, end) = Span(probe);
        var (from, until) = SegmentChoice.Resolve(range, end);
        from = from > begin || begin >= until ? from : begin;
        var available = Math.Max(1, (int)Math.Round((until - from).TotalSeconds * FrameRate / FramesPerClip));
        request.Summary.SegmentsAvailable = available;
        request.Summary.Duration = until - from;
        request.Summary.Truncated = false;
        request.Summary.Warnings.RemoveAll(warning => warning.Reason == WarningReasons.SegmentsSampled);

        // Whoever wants a single segment, as captions do, wants to know what happens in all of the video: its frames are then
        // spread over the whole range instead of taken from one moment.
        if (request.MaxSegments == 1 || available == 1)
        {
            if (available > 1)
            {
                request.Summary.Warnings.Add(new MediaWarning(
                    WarningReasons.SegmentsSampled, $"{FramesPerClip} frames stand for all {(until - from).TotalSeconds:0.#} s of the video."));
            }

            return [new TimeRange(from, until)];
        }

        var chosen = SegmentChoice.Evenly(available, Math.Max(1, request.MaxSegments));
        request.Summary.Truncated = chosen.Count < available;
        return [.. chosen.Select(index => new TimeRange(from + ((until - from) * index / available), from + ((until - from) * (index + 1) / available)))];
    }

    // Pictures may begin later than the sound.
    private (TimeSpan Begin, TimeSpan End) Span(MediaProbe probe)
    {
        var track = probe.Video ?? throw SensoriumException.Invalid(
            ErrorReasons.NoSuchTrack, $"The medium ({probe.Format}) has no video track{(probe.Sound is null ? "" : ", only sound")}.");
        var duration = track.Duration ?? probe.Duration ?? TimeSpan.FromSeconds(track.FrameRate > 0 ? 1 / track.FrameRate : 1);
        return duration <= MaxDuration
            ? (track.Start, track.Start + duration)
            : throw SensoriumException.Invalid(
                ErrorReasons.MediaTooLong, $"The video lasts {duration.TotalSeconds:0.#} s; at most {MaxDuration.TotalSeconds:0.#} s are allowed.");
    }
}
