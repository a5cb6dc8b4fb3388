using System.Diagnostics;

namespace Sensorium.FunctionalTests.Media;

/// <summary>Videos made for the tests, by ffmpeg from its own generators.</summary>
internal static class Videos
{
    private static readonly Lazy<byte[]> LazyWithTracks = new(() => Make(sound: true, subtitles: true));
    private static readonly Lazy<byte[]> LazySilent = new(() => Make(sound: false, subtitles: false));

    /// <summary>Four seconds of a test pattern, with a tone and with subtitles.</summary>
    public static byte[] WithTracks => LazyWithTracks.Value;

    /// <summary>The pattern alone.</summary>
    public static byte[] Silent => LazySilent.Value;

    /// <summary>An MP4 file that is well formed and has no tracks.</summary>
    public static byte[] WithoutStreams { get; } =
    [
        0, 0, 0, 16, .. "ftypisom"u8, 0, 0, 2, 0,
        0, 0, 0, 116, .. "moov"u8,
        0, 0, 0, 108, .. "mvhd"u8, .. new byte[12], 0, 0, 3, 0xE8, .. new byte[4], 0, 1, 0, 0, 1, 0, .. new byte[10],
        0, 1, 0, 0, .. new byte[12], 0, 1, 0, 0, .. new byte[12], 0x40, 0, 0, 0, .. new byte[24], 0, 0, 0, 1,
    ];

    /// <summary>A picture that stands still for so many seconds, without loss.</summary>
    public static byte[] Still(byte[] picture, int seconds)
    {
        var folder = Directory.CreateTempSubdirectory("sensorium-video-");
        try
        {
            var (source, video) = (Path.Combine(folder.FullName, "picture.png"), Path.Combine(folder.FullName, "video.mkv"));
            File.WriteAllBytes(source, picture);
            Run(["-v", "error", "-loop", "1", "-framerate", "4", "-i", source, "-t", $"{seconds}", "-c:v", "ffv1", "-pix_fmt", "bgr0", video]);
            return File.ReadAllBytes(video);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static byte[] Make(bool sound, bool subtitles)
    {
        var folder = Directory.CreateTempSubdirectory("sensorium-video-");
        try
        {
            var words = Path.Combine(folder.FullName, "words.srt");
            File.WriteAllText(words, "1\n00:00:00,500 --> 00:00:02,000\nA dog runs.\n\n2\n00:00:02,500 --> 00:00:03,500\nIt jumps.\n");
            var video = Path.Combine(folder.FullName, "video.mp4");
            List<string> arguments = ["-v", "error", "-f", "lavfi", "-i", "testsrc2=size=192x144:rate=12:duration=4"];
            if (sound)
            {
                arguments.AddRange(["-f", "lavfi", "-i", "sine=frequency=440:sample_rate=16000:duration=4"]);
            }

            if (subtitles)
            {
                arguments.AddRange(["-i", words]);
            }

            arguments.AddRange(["-c:v", "mpeg4", "-q:v", "5", "-c:a", "aac", "-c:s", "mov_text", video]);
            Run(arguments);
            return File.ReadAllBytes(video);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Run(IEnumerable<string> arguments)
    {
        using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", arguments) { RedirectStandardError = true })!;
        var errors = ffmpeg.StandardError.ReadToEnd();
        ffmpeg.WaitForExit();
        if (ffmpeg.ExitCode != 0)
        {
            throw new InvalidOperationException($"ffmpeg ended with {ffmpeg.ExitCode}: {errors}");
        }
    }
}
