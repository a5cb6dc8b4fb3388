using System.Runtime.CompilerServices;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Media;
using Sensorium.Media.Ffmpeg;

namespace Sensorium.Video.Preprocessing;

/// <summary>
/// A video to clips of evenly spaced frames, one clip at a time: memory does not grow with
/// the length of the video.
/// </summary>
internal sealed class VideoPreprocessor(IFrameReader reader, IMediaProber prober, IFrameLayout layout, ClipPlan plan) : IMediaPreprocessor
{
    /// <summary>Raised whenever this code's output changes for equal parameters.</summary>
    private const int FormatVersion = 2;

    /// <summary>By which a container's end may lie behind its last frame's.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(0.2);

    public string Digest { get; } = ParameterDigest.Of(new { FormatVersion, Pictures = layout.Digest, Plan = plan });

    public async IAsyncEnumerable<PreparedSegment> PrepareAsync(
        MediaItem item,
        IMediaContent content,
        PreprocessingRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (item.Track is not (MediaTrack.Default or MediaTrack.Frames))
        {
            throw SensoriumException.Invalid(
                ErrorReasons.UnsupportedTrack, $"The video encoder reads track {MediaTrack.Frames} of a video; {item.Track} was asked for.");
        }

        item.Range?.Validate();
        var probe = await prober.ProbeAsync(content, cancellationToken);
        var reading = new ClipReading(reader, content, probe, layout, plan.FramesPerClip);
        var clips = new Queue<TimeRange>(plan.Choose(probe, item.Range, request));
        TrackSpan? real = null;
        var used = 0;
        while (clips.TryDequeue(out var clip))
        {
            var prepared = await reading.PrepareAsync(clip, cancellationToken);
            real ??= prepared.IsComplete ? null : await prober.MeasureAsync(content, probe.Video!.Index, cancellationToken);
            if (real is { } span && span.End < clip.End - Slack)
            {
                // The announced end is not there: what is left is planned again, up to the real one.
                prepared.Dispose();
                reading.EndsAt(span.End);
                probe = probe with { Video = probe.Video! with { Start = span.Start, Duration = span.End - span.Start } };
                var planned = plan.Choose(probe, item.Range, request);
                clips = Rest(clip, span, used == 0 ? planned : []);
                request.Summary.SegmentsAvailable = used + clips.Count;
                continue;
            }

            used++;
            yield return Segment(prepared);
        }

        reading.Report(request.Summary);
    }

    // A piece that was begun is used if it is half of a clip at least.
    private static Queue<TimeRange> Rest(TimeRange clip, TrackSpan span, IReadOnlyList<TimeRange> planned) =>
        planned.Count > 0 ? new Queue<TimeRange>(planned)
        : span.End - clip.Start > (clip.End - clip.Start) / 2 ? new Queue<TimeRange>([new TimeRange(clip.Start, span.End)])
        : [];

    private PreparedSegment Segment(PreparedClip clip)
    {
        var length = clip.Shape.Aggregate(1, (product, size) => product * size);
        var input = new FloatInput(clip.Shape, clip.Owner.Memory[..length]) { Owner = clip.Owner };
        return new PreparedSegment(clip.Range, input, layout.PatchesOf(clip.Shape));
    }
}
