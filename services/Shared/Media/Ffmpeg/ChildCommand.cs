using System.Globalization;

namespace Sensorium.Media.Ffmpeg;

/// <summary>
/// The command line of a bounded child: util-linux's <c>setpriv</c> ends it with its parent and <c>prlimit</c> bounds its
/// memory and processor time; both become the program itself, so that its process id stays. Elsewhere the program is run
/// as it is, and the time that its reader waits for it is the only bound.
/// </summary>
internal sealed record ChildCommand(string Program, string Arguments, bool Bounded)
{
    private const string SetPriv = "setpriv";
    private const string PrLimit = "prlimit";

    public static ChildCommand Create(string program, string arguments, FfmpegOptions options)
    {
        if (!OperatingSystem.IsLinux() || !IsOnPath(SetPriv) || !IsOnPath(PrLimit))
        {
            return new ChildCommand(program, arguments, Bounded: false);
        }

        var seconds = Math.Max(1, (long)Math.Ceiling(options.MaxProcessorTime.TotalSeconds));
        var limits = string.Create(CultureInfo.InvariantCulture, $"--as={options.MaxMemoryBytes} --cpu={seconds} --core=0");
        return new ChildCommand(SetPriv, $"--pdeathsig KILL -- {PrLimit} {limits} -- \"{program}\" {arguments}", Bounded: true);
    }

    private static bool IsOnPath(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, name)));
}
