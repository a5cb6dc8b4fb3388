namespace Sensorium.Bench.Reporting;

internal static class PerformancePage
{
    public static int Write(string json, string root) => 0;
}
