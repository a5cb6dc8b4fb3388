namespace Sensorium.Testing.Shared.Media;

/// <summary>One small file of each format that is served, made by ffmpeg, to be damaged.</summary>
/// <param name="Name">As the ending of a file.</param>
/// <param name="Kind">"picture", "sound" or "video".</param>
public sealed record FormatSample(string Name, string Kind, byte[] Bytes)
{
    private const string Picture = "picture";
    private const string Sound = "sound";
    private const string Video = "video";

    private static readonly string[] Still = ["-f", "lavfi", "-i", "testsrc2=s=96x64:r=5:d=1", "-frames:v", "1"];
    private static readonly string[] Moving = ["-f", "lavfi", "-i", "testsrc2=s=96x64:r=5:d=1"];
    private static readonly string[] Tone = ["-f", "lavfi", "-i", "sine=f=440:r=16000:d=0.5"];

    // libx264 and the others use one thread, so that many can be made on a busy machine.
    private static readonly (string Name, string Kind, string[] Arguments)[] Recipes =
    [
        ("jpg", Picture, Still),
        ("png", Picture, Still),
        ("webp", Picture, Still),
        ("bmp", Picture, Still),
        ("tiff", Picture, Still),
        ("gif", Picture, Moving),
        ("avif", Picture, [.. Still, "-c:v", "libaom-av1", "-cpu-used", "8"]),
        ("wav", Sound, Tone),
        ("w64", Sound, Tone),
        ("aiff", Sound, Tone),
        ("au", Sound, Tone),
        ("mp3", Sound, Tone),
        ("flac", Sound, Tone),
        ("ogg", Sound, [.. Tone, "-c:a", "libvorbis"]),
        ("opus", Sound, [.. Tone, "-c:a", "libopus"]),
        ("m4a", Sound, Tone),
        ("aac", Sound, Tone),
        ("wma", Sound, Tone),
        ("mp4", Video, [.. Moving, .. Tone, "-c:v", "libx264", "-threads", "1", "-pix_fmt", "yuv420p"]),
        ("mov", Video, [.. Moving, .. Tone, "-c:v", "mjpeg", "-pix_fmt", "yuvj420p"]),
        ("mkv", Video, [.. Moving, .. Tone, "-c:v", "ffv1", "-c:a", "flac"]),
        ("webm", Video, [.. Moving, .. Tone, "-c:v", "libvpx", "-c:a", "libvorbis"]),
        ("avi", Video, [.. Moving, .. Tone, "-c:v", "mpeg4"]),
        ("ts", Video, [.. Moving, .. Tone, "-c:v", "mpeg2video"]),
        ("mpg", Video, [.. Moving, .. Tone, "-r", "25", "-c:v", "mpeg2video"]),
        ("flv", Video, [.. Moving, .. Tone, "-c:v", "flv", "-ar", "44100"]),
        ("ogv", Video, [.. Moving, .. Tone, "-c:v", "libtheora", "-c:a", "libvorbis"]),
        ("wmv", Video, [.. Moving, .. Tone, "-c:v", "wmv2"]),
    ];

    /// <summary>All formats, or those of the names.</summary>
    public static IReadOnlyList<FormatSample> Make(params string[] names) =>
    [
        .. Recipes.Where(recipe => names.Length == 0 || names.Contains(recipe.Name))
            .Select(recipe => new FormatSample(recipe.Name, recipe.Kind, File.ReadAllBytes(TestMedia.Make($"format.{recipe.Name}", recipe.Arguments)))),
    ];
}
