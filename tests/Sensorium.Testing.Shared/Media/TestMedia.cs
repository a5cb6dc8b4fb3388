using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Sensorium.Testing.Shared.Media;

/// <summary>Media that ffmpeg draws and plays for tests. Each is made once per process and lies in a temporary folder.</summary>
public static class TestMedia
{
    private static readonly ConcurrentDictionary<string, Lazy<string>> Made = new();
    private static readonly string Folder = Directory.CreateTempSubdirectory("sensorium-test-media-").FullName;

    static TestMedia()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Folder, recursive: true);
    }

    /// <summary>A moving test pattern of 320 x 180 at 25 frames per second with a tone of 440 Hz and two subtitles. H.264, AAC, mov_text.</summary>
    public static string Video(double seconds = 4) => Make(
        string.Create(CultureInfo.InvariantCulture, $"video-{seconds}.mp4"),
        [.. Pattern(seconds), .. Tone(seconds), "-i", Subtitles(), "-map", "0:v", "-map", "1:a", "-map", "2:s", .. H264, "-c:a", "aac", "-c:s", "mov_text"]);

    /// <summary>The same pattern without sound and subtitles.</summary>
    public static string SilentVideo(double seconds = 4) => Make(
        string.Create(CultureInfo.InvariantCulture, $"silent-{seconds}.mp4"), [.. Pattern(seconds), .. H264]);

    /// <summary>Matroska with ASS subtitles.</summary>
    public static string MatroskaVideo() => Make(
        "video.mkv",
        [.. Pattern(4), .. Tone(4), "-i", Subtitles(), "-map", "0:v", "-map", "1:a", "-map", "2:s", .. H264, "-c:a", "libvorbis", "-c:s", "ass"]);

    /// <summary>Each second has one flat colour: red, green, blue, white, red, …</summary>
    public static string ColourVideo(int seconds = 4)
    {
        string[] colours = ["red", "lime", "blue", "white"];
        var inputs = Enumerable.Range(0, seconds).SelectMany(i => new[] { "-f", "lavfi", "-i", $"color={colours[i % 4]}:s=64x48:r=25:d=1" });
        var streams = string.Concat(Enumerable.Range(0, seconds).Select(i => $"[{i}:v]"));
        return Make($"colours-{seconds}.mp4", [.. inputs, "-filter_complex", $"{streams}concat=n={seconds}", .. H264]);
    }

    /// <summary>A tone of 440 Hz.</summary>
    /// <param name="extension">Decides the container and the codec, as "wav", "mp3", "flac", "ogg", "m4a".</param>
    public static string Sound(double seconds = 3, string extension = "wav") => Make(
        string.Create(CultureInfo.InvariantCulture, $"tone-{seconds}.{extension}"), [.. Tone(seconds)]);

    /// <summary>A file made by any arguments of ffmpeg; the name decides the container.</summary>
    public static string Make(string name, IReadOnlyList<string> arguments) =>
        Made.GetOrAdd(name, _ => new Lazy<string>(() => Run(name, arguments))).Value;

    private static string[] H264 => ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-threads", "1"];

    private static string[] Pattern(double seconds) =>
        ["-f", "lavfi", "-i", string.Create(CultureInfo.InvariantCulture, $"testsrc2=s=320x180:r=25:d={seconds}")];

    private static string[] Tone(double seconds) =>
        ["-f", "lavfi", "-i", string.Create(CultureInfo.InvariantCulture, $"sine=f=440:r=44100:d={seconds}")];

    private static string Subtitles()
    {
        var path = Path.Combine(Folder, "subtitles.srt");
        lock (Made)
        {
            if (!File.Exists(path))
            {
                File.WriteAllText(path, "1\n00:00:00,500 --> 00:00:01,500\nA dog <i>barks</i>\n\n2\n00:00:02,000 --> 00:00:03,000\nThen it\nsleeps\n");
            }
        }

        return path;
    }

    private static string Run(string name, IReadOnlyList<string> arguments)
    {
        var path = Path.Combine(Folder, name);
        using var process = Process.Start(new ProcessStartInfo("ffmpeg", ["-nostdin", "-v", "error", "-y", .. arguments, path]) { RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? path : throw new InvalidOperationException($"ffmpeg could not make {name}: {errors}");
    }
}
