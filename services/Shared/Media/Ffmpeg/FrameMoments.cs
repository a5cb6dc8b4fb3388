using Sensorium.Core.Media;

namespace Sensorium.Media.Ffmpeg;

/// <summary>Which moments of a span are shown, and from where decoding them can begin.</summary>
internal static class FrameMoments
{
    private static readonly TimeSpan DefaultFrame = TimeSpan.FromSeconds(1.0 / 25);

    /// <summary>Longer than keyframes are usually apart.</summary>
    private static readonly TimeSpan Preroll = TimeSpan.FromSeconds(12);

    /// <summary>Containers that list their keyframes, so that seeking finds one at or before the moment.</summary>
    private static readonly string[] Indexed = ["mov", "matroska", "avi", "mxf"];

    /// <summary>Evenly spaced moments, first and last frame included: in one run if near, else one by one.</summary>
    public static IEnumerable<IReadOnlyList<TimeSpan>> Runs(VideoTrack track, TimeSpan from, TimeSpan until, int count, TimeSpan seekStep)
    {
        var share = (until - from) / count;
        var frame = track.FrameRate > 0 ? TimeSpan.FromSeconds(Math.Min(1 / track.FrameRate, share.TotalSeconds)) : Min(DefaultFrame, share);
        var step = count > 1 ? (until - (frame / 2) - from) / (count - 1) : TimeSpan.Zero;
        TimeSpan[] moments = [.. Enumerable.Range(0, count).Select(i => from + (step * i))];
        return step <= seekStep ? [moments] : moments.Select(moment => (TimeSpan[])[moment]);
    }

    /// <summary>Where to begin, the cheapest first; null is the beginning, which is always right.</summary>
    public static IEnumerable<TimeSpan?> Seeks(MediaProbe probe, VideoTrack track, TimeSpan moment)
    {
        if (moment > track.Start && IsSeekable(track))
        {
            if (Indexed.Any(name => probe.Format.StartsWith(name, StringComparison.Ordinal)))
            {
                yield return moment;
            }

            if (moment > track.Start + Preroll)
            {
                yield return moment - Preroll;
            }
        }

        yield return null;
    }

    // Old versions of x264 write 4:4:4 in a way of their own, and say so at the beginning only.
    private static bool IsSeekable(VideoTrack track) => !(track.Codec == "h264" && track.PixelFormat.Contains("444", StringComparison.Ordinal)) && track.Codec != "gif";

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
