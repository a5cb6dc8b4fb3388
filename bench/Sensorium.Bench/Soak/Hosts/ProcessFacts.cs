using System.Globalization;

namespace Sensorium.Bench.Soak.Hosts;

/// <summary>What a process holds, from /proc.</summary>
internal static class ProcessFacts
{
    private const double KibibytesPerMebibyte = 1024;

    /// <summary>Memory of its own, without mapped files, in MiB.</summary>
    public static double OwnMegabytes(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith("RssAnon:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / KibibytesPerMebibyte;
    }

    /// <summary>Open files, sockets and pipes.</summary>
    public static int Handles(int process) => Directory.EnumerateFileSystemEntries($"/proc/{process}/fd").Count();

    public static int Threads(int process) => Directory.EnumerateDirectories($"/proc/{process}/task").Count();

    /// <summary>Processes whose command line holds the text, wherever they hang in the tree.</summary>
    public static int CountByCommand(string program, string text) => Directory.EnumerateDirectories("/proc")
        .Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0]))
        .Select(CommandOf)
        .Count(command => command.Contains(program, StringComparison.Ordinal) && command.Contains(text, StringComparison.Ordinal));

    private static string CommandOf(string path)
    {
        try
        {
            return File.ReadAllText(Path.Combine(path, "cmdline"));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
