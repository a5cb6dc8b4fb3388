using System.Globalization;

namespace Sensorium.Bench.Processes;

/// <summary>Seconds that a set of cores was busy, and was taken away by the hypervisor, since boot.</summary>
internal readonly record struct CoreUsage(double BusySeconds, double StealSeconds)
{
    /// <summary>USER_HZ, the unit of /proc; 100 on every Linux that .NET runs on.</summary>
    public const double TicksPerSecond = 100;

    public static CoreUsage Read(CoreSet cores)
    {
        double busy = 0, steal = 0;
        foreach (var line in File.ReadLines("/proc/stat").Where(line => line.StartsWith("cpu", StringComparison.Ordinal)))
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (!int.TryParse(fields[0].AsSpan(3), CultureInfo.InvariantCulture, out var core) || !cores.Cores.Contains(core))
            {
                continue;
            }

            // user nice system idle iowait irq softirq steal
            var ticks = fields[1..9].Select(field => double.Parse(field, CultureInfo.InvariantCulture)).ToArray();
            busy += (ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6]) / TicksPerSecond;
            steal += ticks[7] / TicksPerSecond;
        }

        return new CoreUsage(busy, steal);
    }

    public static CoreUsage operator -(CoreUsage left, CoreUsage right) =>
        new(left.BusySeconds - right.BusySeconds, left.StealSeconds - right.StealSeconds);
}
