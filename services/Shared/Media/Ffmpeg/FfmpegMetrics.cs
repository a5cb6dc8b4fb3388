using System.Diagnostics.Metrics;

namespace Sensorium.Media.Ffmpeg;

/// <summary>Measurements of the processes that decode.</summary>
internal static class FfmpegMetrics
{
    private static readonly Meter Meter = new("Sensorium");
    private static readonly UpDownCounter<long> Running = Meter.CreateUpDownCounter<long>("sensorium.media.processes", "{process}");
    private static readonly Histogram<double> RunTime = Meter.CreateHistogram<double>("sensorium.media.process.time", "s");
    private static readonly Histogram<double> WaitTime = Meter.CreateHistogram<double>("sensorium.media.process.wait", "s");

    public static void Started(TimeSpan waited)
    {
        Running.Add(1);
        WaitTime.Record(waited.TotalSeconds);
    }

    public static void Ended(TimeSpan ran)
    {
        Running.Add(-1);
        RunTime.Record(ran.TotalSeconds);
    }
}
