using System.Globalization;

namespace Sensorium.Media.Ffmpeg;

/// <summary>
/// The command line of a bounded child: util-linux's <c>setpriv</c> ends it with its parent and takes what rights it has, and
/// <c>prlimit</c> bounds its memory and processor time and lets it write no file; both become the program itself, so that its
/// process id stays. Elsewhere the program is run as it is, and the time that its reader waits for it is the only bound.
/// </summary>
internal sealed record ChildCommand(string Program, string Arguments, bool Bounded)
{
    private const string SetPriv = "setpriv";
    private const string PrLimit = "prlimit";

    // ffmpeg opens its input and three pipes; libraries read a few files while they start.
    private const int MaxFiles = 256;

    /// <param name="program">With its path, or found by the PATH.</param>
    /// <param name="arguments">Of the program.</param>
    /// <param name="options">The bounds.</param>
    /// <param name="user">Whom it runs as; null means as whom this process does.</param>
    public static ChildCommand Create(string program, string arguments, FfmpegOptions options, int? user = null)
    {
        if (!OperatingSystem.IsLinux() || !IsOnPath(SetPriv) || !IsOnPath(PrLimit))
        {
            return new ChildCommand(program, arguments, Bounded: false);
        }

        var seconds = Math.Max(1, (long)Math.Ceiling(options.MaxProcessorTime.TotalSeconds));
        var limits = string.Create(CultureInfo.InvariantCulture, $"--as={options.MaxMemoryBytes} --cpu={seconds} --core=0 --fsize=0 --nofile={MaxFiles}");
        var rights = user is null ? "" : string.Create(
            CultureInfo.InvariantCulture, $" --reuid {user} --regid {user} --clear-groups --bounding-set=-all --inh-caps=-all");
        return new ChildCommand(SetPriv, $"--pdeathsig KILL --no-new-privs{rights} -- {PrLimit} {limits} -- \"{program}\" {arguments}", Bounded: true);
    }

    private static bool IsOnPath(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, name)));
}
