using System.Diagnostics.Metrics;

namespace Sensorium.Media.Ffmpeg;

/// <summary>Measurements of the processes that decode.</summary>
internal static class FfmpegMetrics
{
    private static readonly Meter Meter = new("Sensorium");
    private static readonly UpDownCounter<long> Running = Meter.CreateUpDownCounter<long>(
        "sensorium.media.processes.active", "{process}", "Processes of ffmpeg and ffprobe that run.");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "sensorium.media.process.duration", "s", "How long a process of ffmpeg or ffprobe ran.");
    private static readonly Histogram<double> QueueTime = Meter.CreateHistogram<double>(
        "sensorium.media.queue.duration", "s", "How long such a process waited for its start.");

    public static void Started(TimeSpan waited)
    {
        Running.Add(1);
        QueueTime.Record(waited.TotalSeconds);
    }

    public static void Ended(TimeSpan ran)
    {
        Running.Add(-1);
        Duration.Record(ran.TotalSeconds);
    }
}
