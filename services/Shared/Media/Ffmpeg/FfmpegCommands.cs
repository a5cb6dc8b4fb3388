using System.Globalization;
using FFMpegCore;
using Sensorium.Core.Media;

namespace Sensorium.Media.Ffmpeg;

/// <summary>
/// Writes command lines and reads ffprobe's answer. The only file that knows FFMpegCore. Its own way of running processes is
/// not used: it neither bounds what is read nor kills at once (docs/decisions/0009-media-decoding.md).
/// </summary>
internal static class FfmpegCommands
{
    /// <summary>Containers that hold media. Not on it: playlists, scripts and formats that refer to other files or addresses.</summary>
    private const string Formats =
        "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,flv,asf,ogg,ivf,nut,dv,rm,mxf,gif,h264,hevc,m4v," +
        "wav,w64,aiff,flac,mp3,aac,ac3,eac3,amr,amrnb,amrwb,caf,au,wv,ape,tta,mpc,mpc8,voc";

    /// <summary>Applies to what a container refers to as well.</summary>
    private const string Whitelists = $"-protocol_whitelist file,pipe -format_whitelist {Formats}";

    // Chroma at full resolution and exact rounding: what a frame looks like to libraries that models were trained with.
    private const string ToRgb = "flags=bicubic+accurate_rnd+full_chroma_int,format=rgb24";

    private static readonly HashSet<string> BitmapSubtitles =
        ["hdmv_pgs_subtitle", "dvd_subtitle", "dvb_subtitle", "xsub", "dvb_teletext", "eia_608"];

    /// <summary>The name of a program, in the configured folder if there is one.</summary>
    public static string Ffmpeg(FfmpegOptions options) => GlobalFFOptions.GetFFMpegBinaryPath(new FFOptions { BinaryFolder = options.BinaryFolder });

    public static string Ffprobe(FfmpegOptions options) => GlobalFFOptions.GetFFProbeBinaryPath(new FFOptions { BinaryFolder = options.BinaryFolder });

    public static string Probe(string path) =>
        $"-v error {Whitelists} -print_format json -show_format -sexagesimal -show_streams -i \"{path}\"";

    /// <summary>Reads without decoding and reports progress, the last of which is the length.</summary>
    public static string MeasureLength(string path, int stream) => Output(
        Input(path, ""), $"-map 0:{stream} -c copy -progress pipe:1 -stats_period 3600", "null", "/dev/null");

    /// <summary>Mono, 16-bit little endian.</summary>
    public static string Sound(string path, TimeRange? range, int sampleRate, int threads) => Output(
        Input(path, $"-threads {threads} {Span(range)}"), $"-map 0:a:0 -ac 1 -ar {sampleRate}", "s16le", "pipe:1");

    public static string Subtitles(string path, int stream) => Output(Input(path, ""), $"-map 0:{stream}", "srt", "pipe:1");

    /// <summary>Frames on display at evenly spaced moments, in one pass over the span.</summary>
    public static string NearFrames(string path, VideoTrack track, TimeSpan from, TimeSpan until, TimeSpan step, int count, FrameLimits limits)
    {
        // Rounding up shows at each moment the frame that began before or at it.
        var milliseconds = Math.Max(1, (long)step.TotalMilliseconds);
        var filter = $"fps=fps=1000/{milliseconds}:start_time=0:round=up,scale={track.Width}:{track.Height}:{ToRgb}";
        return Output(
            Input(path, $"{Decoder(limits)} {Span(new TimeRange(from, until))}"),
            $"-map 0:{track.Index} -vf {filter} -frames:v {count} -pix_fmt rgb24",
            "rawvideo",
            "pipe:1");
    }

    /// <summary>The first frame at or after each moment, each sought on its own, in one process.</summary>
    public static string FarFrames(string path, VideoTrack track, IReadOnlyList<TimeSpan> moments, FrameLimits limits)
    {
        var arguments = Input(path, $"{Decoder(limits)} {Seek(moments[0])}");
        foreach (var moment in moments.Skip(1))
        {
            arguments = arguments.AddFileInput(path, false, input => input.WithCustomArgument($"{Whitelists} {Decoder(limits)} {Seek(moment)}"));
        }

        var parts = moments.Select((_, i) => $"[{i}:{track.Index}]trim=end_frame=1,setpts=PTS-STARTPTS,scale={track.Width}:{track.Height}:{ToRgb}[v{i}];");
        var inputs = string.Concat(moments.Select((_, i) => $"[v{i}]"));
        var graph = $"{string.Concat(parts)}{inputs}concat=n={moments.Count}[out]";
        return Output(arguments, $"-filter_complex {graph} -map [out] -vsync passthrough -pix_fmt rgb24", "rawvideo", "pipe:1");
    }

    public static MediaProbe ParseProbe(string json)
    {
        var analysis = FFProbe.FromJson(json);
        var video = analysis.VideoStreams.FirstOrDefault(stream => !IsCoverArt(stream));
        var sound = analysis.AudioStreams.Count > 0 ? analysis.AudioStreams[0] : null;
        var subtitles = analysis.SubtitleStreams.FirstOrDefault(stream => !BitmapSubtitles.Contains(stream.CodecName ?? ""));
        return new MediaProbe(
            analysis.Format.FormatName,
            Known(analysis.Format.Duration) ?? Known(analysis.Duration),
            video is null ? null : Video(video),
            sound is null ? null : new SoundTrack(sound.Index, sound.CodecName ?? "", sound.SampleRateHz ?? 0, sound.Channels ?? 0, Known(sound.Duration)),
            subtitles is null ? null : new SubtitleTrack(subtitles.Index, subtitles.CodecName ?? "", subtitles.Language));
    }

    private static VideoTrack Video(VideoStream stream)
    {
        var rotation = ((stream.Rotation % 360) + 360) % 360;
        var (width, height) = (stream.Width ?? 0, stream.Height ?? 0);
        var rate = double.IsFinite(stream.AverageFrameRate) ? stream.AverageFrameRate : 0;
        return rotation is 90 or 270
            ? new VideoTrack(stream.Index, stream.CodecName ?? "", height, width, rotation, rate, Known(stream.Duration))
            : new VideoTrack(stream.Index, stream.CodecName ?? "", width, height, rotation, rate, Known(stream.Duration));
    }

    private static bool IsCoverArt(VideoStream stream) =>
        stream.Disposition is { } disposition && disposition.TryGetValue("attached_pic", out var attached) && attached;

    private static TimeSpan? Known(TimeSpan duration) => duration > TimeSpan.Zero ? duration : null;

    private static FFMpegArguments Input(string path, string options) => FFMpegArguments.FromFileInput(
        path, false, input => input.WithCustomArgument($"-nostdin -hide_banner -v error -filter_threads 1 {Whitelists} {options}".TrimEnd()));

    private static string Output(FFMpegArguments arguments, string options, string format, string target) =>
        arguments.OutputToUrl(target, output => output.WithCustomArgument(options).ForceFormat(format)).Arguments;

    private static string Span(TimeRange? range) => range switch
    {
        null => "",
        { End: { } end } value => $"{Seek(value.Start)} -t {Seconds(end - value.Start)}",
        { } value => Seek(value.Start),
    };

    // A stream may change its size on the way; the decoder itself refuses what grows over the limit.
    private static string Decoder(FrameLimits limits) => $"-threads {limits.Threads} -max_pixels {limits.MaxPixels}";

    private static string Seek(TimeSpan time) => time > TimeSpan.Zero ? $"-ss {Seconds(time)}" : "";

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture);
}
