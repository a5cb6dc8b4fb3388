using System.Globalization;
using Sensorium.Bench.Measuring;

namespace Sensorium.Bench.Reporting;

internal static class SummaryTable
{
    public static void Print(IEnumerable<SectionResult> results)
    {
        Console.WriteLine();
        Console.WriteLine($"{"ratio",-40} {"median",10} {"target",10} {"met",5} {"rounds",7} {"void",5}");
        foreach (var result in results)
        {
            foreach (var (name, values) in result.Ratios)
            {
                var median = Load.Statistics.Median(values);
                var target = Targets.Of(name);
                var met = target is null ? "" : target.IsMet(median) ? "yes" : "no";
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name,-40} {median,10:F3} {target?.ToString() ?? "",10} {met,5} {values.Count,7} {result.VoidWindows.Count,5}"));
            }
        }
    }
}
