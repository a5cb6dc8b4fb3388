using System.Globalization;

namespace Sensorium.Cli.Commands.Live;

/// <summary>What is watched: a file at its own pace, a device, or an address that ffmpeg opens.</summary>
/// <param name="Name">As it was typed.</param>
/// <param name="Microphone">Beside a camera; empty for none.</param>
/// <param name="FramesPerSecond">That are sent.</param>
/// <param name="Width">Of frames; higher than this they are made smaller.</param>
/// <param name="Duration">Null for all of it.</param>
internal sealed record LiveSource(string Name, string Microphone, double FramesPerSecond, int Width, double? Duration)
{
    /// <summary>In Hz: what models of speech and sound read.</summary>
    public const int SampleRate = 16_000;

    private bool IsCamera => Name.StartsWith("/dev/video", StringComparison.Ordinal);

    private bool IsFile => File.Exists(Name) && !IsCamera;

    /// <exception cref="FileNotFoundException">It is neither a file nor anything that could be one.</exception>
    public void Check()
    {
        if (!IsCamera && !IsFile && !Name.Contains("://", StringComparison.Ordinal))
        {
            throw new FileNotFoundException($"{Name}: no such file (what is watched is a file, /dev/video0, or an address as rtsp://…)");
        }
    }

    /// <summary>JPEG files, one after the other.</summary>
    public string[] FrameArguments()
    {
        var filter = string.Create(CultureInfo.InvariantCulture, $"fps={FramesPerSecond}:eof_action=pass,scale='min({Width},iw)':-2");
        return [.. Input(Name, IsCamera ? "v4l2" : ""), "-map", "0:v:0", "-vf", filter, "-c:v", "mjpeg", "-q:v", "4", "-f", "image2pipe", "pipe:1"];
    }

    /// <summary>Samples of 16 bits, one channel. Null if there is nothing to listen to.</summary>
    public string[]? SoundArguments() => (IsCamera, Microphone.Length > 0) switch
    {
        (_, true) => [.. Input(Microphone, "alsa"), .. Samples],
        (false, _) => [.. Input(Name, ""), .. Samples],
        _ => null,
    };

    private static string[] Samples => ["-map", "0:a:0", "-ac", "1", "-ar", $"{SampleRate}", "-f", "s16le", "pipe:1"];

    private string[] Input(string name, string format) =>
    [
        "-nostdin", "-v", "error",
        .. IsFile && format.Length == 0 ? ["-re"] : Array.Empty<string>(),
        .. format.Length > 0 ? ["-f", format] : Array.Empty<string>(),
        "-i", name,
        .. Duration is { } seconds ? ["-t", seconds.ToString(CultureInfo.InvariantCulture)] : Array.Empty<string>(),
    ];
}
