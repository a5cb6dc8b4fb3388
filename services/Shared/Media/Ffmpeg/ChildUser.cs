using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Sensorium.Media.Sources;

namespace Sensorium.Media.Ffmpeg;

/// <summary>
/// The user that ffmpeg runs as. Where this process is root it is one that owns nothing, and reads of this process's files what
/// lies in the folder of media and has a name that it was told; else it is this process's own.
/// </summary>
/// <param name="Id">Of the user and of its only group; null keeps those of this process.</param>
/// <param name="Fault">Why ffmpeg runs as root although it should not; null if it does not.</param>
internal sealed partial record ChildUser(int? Id, string? Fault)
{
    // Numbers of the capabilities in capability.h: to give files away, to end and to become other users, to give up what they may.
    private const int Chown = 0;
    private const int Kill = 5;
    private const int SetGid = 6;
    private const int SetUid = 7;
    private const int SetPrivileges = 8;
    private const long Needed = (1L << Chown) | (1L << Kill) | (1L << SetGid) | (1L << SetUid) | (1L << SetPrivileges);

    // Whoever is in the group may go through the folder, and files within it have its group.
    private const UnixFileMode ThroughOnly =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.SetGroup;

    /// <summary>Hands the folder over if need be.</summary>
    public static ChildUser Create(FfmpegOptions options, StoreFolder folder)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess || options.UserId == 0)
        {
            return new ChildUser(null, null);
        }

        return Hindrance(folder.Path) is { } fault ? new ChildUser(null, fault)
            : Share(folder.Path, options.UserId) ? new ChildUser(options.UserId, null)
            : new ChildUser(null, $"{folder.Path} cannot be given to the group {options.UserId}");
    }

    [SupportedOSPlatform("linux")]
    private static string? Hindrance(string folder)
    {
        var status = File.ReadAllLines("/proc/self/status");
        if ((long.Parse(Value(status, "CapEff:"), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & Needed) != Needed)
        {
            return "this process lacks the capabilities to become another user";
        }

        if ((Convert.ToInt32(Value(status, "Umask:"), 8) & (int)UnixFileMode.GroupRead) != 0)
        {
            return "the umask keeps files from every group";
        }

        for (var parent = Directory.GetParent(folder); parent is not null; parent = parent.Parent)
        {
            if ((parent.UnixFileMode & UnixFileMode.OtherExecute) == 0)
            {
                return $"other users may not go through {parent.FullName}";
            }
        }

        return null;
    }

    [SupportedOSPlatform("linux")]
    private static bool Share(string folder, int group)
    {
        if (ChangeOwner(folder, uint.MaxValue, (uint)group) != 0)
        {
            return false;
        }

        File.SetUnixFileMode(folder, ThroughOnly);
        return true;
    }

    private static string Value(string[] status, string name) =>
        status.Single(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Trim();

    // The largest number as a user leaves it as it is.
    [LibraryImport("libc", EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);
}
