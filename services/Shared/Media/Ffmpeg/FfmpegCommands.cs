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

    /// <summary>Begins the line that follows the announcement of a frame.</summary>
    internal const string FrameMark = "sensorium";

    // Times in containers are rounded, to milliseconds at worst.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMicroseconds(500);

    private static readonly HashSet<string> BitmapSubtitles =
        ["hdmv_pgs_subtitle", "dvd_subtitle", "dvb_subtitle", "xsub", "dvb_teletext", "eia_608"];

    /// <summary>The name of a program, in the configured folder if there is one.</summary>
    public static string Ffmpeg(FfmpegOptions options) => GlobalFFOptions.GetFFMpegBinaryPath(new FFOptions { BinaryFolder = options.BinaryFolder });

    public static string Ffprobe(FfmpegOptions options) => GlobalFFOptions.GetFFProbeBinaryPath(new FFOptions { BinaryFolder = options.BinaryFolder });

    public static string Probe(string path, long maxPixels) =>
        $"-v level+warning {Whitelists} -max_pixels {maxPixels} -print_format json -show_format -sexagesimal -show_streams -i \"{path}\"";

    /// <summary>Start and length of every packet of a stream, one a line, without decoding.</summary>
    public static string Packets(string path, int stream) =>
        $"-v error {Whitelists} -select_streams {stream} -show_entries packet=pts_time,dts_time,duration_time -of csv=print_section=0 -i \"{path}\"";

    /// <summary>Mono, 16-bit little endian.</summary>
    public static string Sound(string path, TimeRange? range, int sampleRate, int threads) => Output(
        Input(path, $"-threads {threads} {Span(range)}", "info"), $"-map 0:a:0 -ac 1 -ar {sampleRate}", "s16le", "pipe:1");

    public static string Subtitles(string path, int stream) => Output(Input(path, ""), $"-map 0:{stream}", "srt", "pipe:1");

    /// <summary>
    /// The frames on display at ascending moments, in one pass. A frame's time becomes the index of the first moment that it
    /// can be seen at, and one frame a second is taken of that: the newest, held as long as it lasts, whatever the rate.
    /// Each is announced on standard error with its index.
    /// </summary>
    /// <param name="seek">
    /// Where decoding begins, at a keyframe before if the container knows; null for its beginning. What comes before the first
    /// complete picture is dropped: it refers to frames that were not decoded.
    /// </param>
    public static string Frames(string path, VideoTrack track, IReadOnlyList<TimeSpan> moments, TimeSpan? seek, FrameLimits limits)
    {
        var origin = seek ?? TimeSpan.Zero;
        var index = string.Join('+', moments.Select(moment => $"gt(T\\,{Seconds(moment - origin + Tolerance)})"));
        var clean = seek is null ? "" : "select=st(0\\,max(ld(0)\\,key*eq(pict_type\\,PICT_TYPE_I))),";

        // The end counts as the next moment, so that a frame that nothing follows is shown.
        var filter = $"{clean}settb=AVTB,setpts=400000+1000000*({index}),fps=fps=1:eof_action=pass," +
            $"metadata=mode=add:key={FrameMark}:value=1,metadata=mode=print:file=pipe\\\\:2:direct=1,scale={track.Width}:{track.Height}:{ToRgb}";
        var start = seek is { } time ? $"-noaccurate_seek -ss {Seconds(time)}" : "";
        return Output(
            Input(path, $"{Decoder(limits)} {start}"),
            $"-map 0:{track.Index} -vf \"{filter}\" -frames:v {moments.Count} -vsync passthrough -pix_fmt rgb24",
            "rawvideo",
            "pipe:1");
    }

    /// <summary>Raw RGB frames and a sound, as a clip that every browser plays, in fragments: a pipe cannot be gone back in.</summary>
    public static string Clip(string frames, int width, int height, double rate, string? sound, TimeSpan duration, int threads)
    {
        var pictures = $"-f rawvideo -pixel_format rgb24 -video_size {width}x{height} -framerate {rate.ToString("0.###", CultureInfo.InvariantCulture)}";
        var arguments = FFMpegArguments.FromFileInput(frames, false, input => input.WithCustomArgument($"-nostdin -hide_banner -nostats -v level+error -threads {threads} {pictures}"));
        if (sound is not null)
        {
            arguments = arguments.AddFileInput(sound, false, input => input.WithCustomArgument(Whitelists));
        }

        // Sides that are odd have no half, which the colours of the format need. Frames that wait for later ones would begin after the sound.
        var track = sound is null ? "" : "-map 1:a:0 -c:a aac -b:a 128k";
        var options = $"-map 0:v {track} -c:v libx264 -bf 0 -preset veryfast -crf 18 -vf \"pad=ceil(iw/2)*2:ceil(ih/2)*2\" -pix_fmt yuv420p -threads {threads} -t {Seconds(duration)} -movflags frag_keyframe+empty_moov";
        return Output(arguments, options, "mp4", "pipe:1");
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
            video is null ? null : Video(video, analysis.Format.StartTime),
            sound is null ? null : new SoundTrack(sound.Index, sound.CodecName ?? "", sound.SampleRateHz ?? 0, sound.Channels ?? 0, Known(sound.Duration)),
            subtitles is null ? null : new SubtitleTrack(subtitles.Index, subtitles.CodecName ?? "", subtitles.Language))
        {
            Origin = analysis.Format.StartTime,
        };
    }

    private static VideoTrack Video(VideoStream stream, TimeSpan origin)
    {
        var rotation = ((stream.Rotation % 360) + 360) % 360;
        var (width, height) = (stream.Width ?? 0, stream.Height ?? 0);
        var rate = double.IsFinite(stream.AverageFrameRate) ? stream.AverageFrameRate : 0;
        (width, height) = rotation is 90 or 270 ? (height, width) : (width, height);
        return new VideoTrack(stream.Index, stream.CodecName ?? "", width, height, rotation, rate, Known(stream.Duration))
        {
            Start = stream.StartTime > origin ? stream.StartTime - origin : TimeSpan.Zero,
            PixelFormat = stream.PixelFormat ?? "",
        };
    }

    private static bool IsCoverArt(VideoStream stream) =>
        stream.Disposition is { } disposition && disposition.TryGetValue("attached_pic", out var attached) && attached;

    private static TimeSpan? Known(TimeSpan duration) => duration > TimeSpan.Zero ? duration : null;

    private static FFMpegArguments Input(string path, string options, string level = "error") => FFMpegArguments.FromFileInput(
        path, false, input => input.WithCustomArgument($"-nostdin -hide_banner -nostats -v level+{level} -filter_threads 1 {Whitelists} {options}".TrimEnd()));

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
