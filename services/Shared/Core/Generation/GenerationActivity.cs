using System.Diagnostics;

namespace Sensorium.Core.Generation;

/// <summary>Traces of generation, under the source "Sensorium".</summary>
internal static class GenerationActivity
{
    private static readonly ActivitySource Source = new("Sensorium");

    public static Activity? Start(CaptionJob job) => Source.StartActivity("sensorium.generation.generate")
        ?.SetTag("sensorium.request_id", job.RequestId)
        .SetTag("sensorium.media", job.Media.Count);
}
