using System.Globalization;

namespace Sensorium.Bench.Processes;

/// <summary>CPU time and resident memory of processes and all that descends from them, from /proc.</summary>
internal static class ProcessTree
{
    private const int PageSize = 4096;

    /// <summary>Seconds of user and system time, those of children that have ended included.</summary>
    public static double CpuSeconds(IEnumerable<int> roots) =>
        Members(roots).Sum(stat => stat.CpuTicks) / CoreUsage.TicksPerSecond;

    /// <summary>Seconds that their threads were ready to run but waited for a core.</summary>
    public static double WaitSeconds(IEnumerable<int> roots) => Members(roots).Sum(stat => WaitNanoseconds(stat.Id)) / 1e9;

    public static long ResidentBytes(IEnumerable<int> roots) => Members(roots).Sum(stat => stat.ResidentPages) * PageSize;

    // schedstat: time on a core, time ready but not on one, both in nanoseconds; then the number of time slices.
    private static long WaitNanoseconds(int process)
    {
        try
        {
            return Directory.EnumerateDirectories($"/proc/{process}/task")
                .Sum(task => long.Parse(File.ReadAllText($"{task}/schedstat").Split(' ')[1], CultureInfo.InvariantCulture));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static List<ProcessStat> Members(IEnumerable<int> roots)
    {
        var all = Directory.EnumerateDirectories("/proc")
            .Select(path => Path.GetFileName(path))
            .Where(name => char.IsAsciiDigit(name[0]))
            .Select(ProcessStat.TryRead)
            .OfType<ProcessStat>()
            .ToList();
        var members = new HashSet<int>(roots);
        for (var before = -1; before != members.Count;)
        {
            before = members.Count;
            members.UnionWith(all.Where(stat => members.Contains(stat.Parent)).Select(stat => stat.Id));
        }

        return [.. all.Where(stat => members.Contains(stat.Id))];
    }

    private sealed record ProcessStat(int Id, int Parent, long CpuTicks, long ResidentPages)
    {
        public static ProcessStat? TryRead(string id)
        {
            try
            {
                var text = File.ReadAllText($"/proc/{id}/stat");

                // The name in parentheses may hold spaces; the numbered fields start with the state, field 3.
                var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
                long Field(int number) => long.Parse(fields[number - 3], CultureInfo.InvariantCulture);
                return new(
                    int.Parse(id, CultureInfo.InvariantCulture),
                    (int)Field(4),
                    Field(14) + Field(15) + Field(16) + Field(17),
                    Field(24));
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }
}
