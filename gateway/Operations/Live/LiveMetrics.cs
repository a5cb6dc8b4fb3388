using System.Diagnostics.Metrics;

namespace Sensorium.Gateway.Operations.Live;

/// <summary>What live streams report.</summary>
internal static class LiveMetrics
{
    private static readonly Meter Meter = new("Sensorium");

    private static readonly UpDownCounter<long> Streams = Meter.CreateUpDownCounter<long>(
        "sensorium.live.streams.active", "{stream}", "Streams that are looked at.");
    private static readonly Counter<long> Looks = Meter.CreateCounter<long>(
        "sensorium.live.looks", "{look}", "Frames and windows of sound that came up, by part and by outcome: done, skipped, failed.");
    private static readonly Histogram<double> Lateness = Meter.CreateHistogram<double>(
        "sensorium.live.lateness", "s", "From the arrival of what an event is about until it was told, by event.");

    public static void Begin() => Streams.Add(1);

    public static void End() => Streams.Add(-1);

    /// <param name="part">One of <see cref="LiveParts"/>.</param>
    /// <param name="outcome">"done", "skipped" or "failed".</param>
    public static void Look(string part, string outcome, long count = 1) =>
        Looks.Add(count, new KeyValuePair<string, object?>("part", part), new KeyValuePair<string, object?>("outcome", outcome));

    public static void Told(LiveEvent said)
    {
        if (NameOf(said) is { } name)
        {
            Lateness.Record(said.Lateness.TotalSeconds, new KeyValuePair<string, object?>("event", name));
        }
    }

    // The end of an alert is told late on purpose.
    private static string? NameOf(LiveEvent said) => said switch
    {
        SceneChanged => "scene",
        FrameCaptioned => "caption",
        AlertRaised { Ended: false } => "alert",
        SoundHeard => "heard",
        SpeechWritten => "transcript",
        FrameDecided => "decision",
        _ => null,
    };
}
