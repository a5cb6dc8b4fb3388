using System.Diagnostics;

namespace Sensorium.Core.Encoding.Pipeline;

/// <summary>Traces of encoding, under the source "Sensorium".</summary>
internal static class EncoderActivity
{
    private static readonly ActivitySource Source = new("Sensorium");

    public static Activity? Start(string encoder, EncodeBatch batch) => Source.StartActivity("sensorium.encoder.encode")
        ?.SetTag("sensorium.encoder", encoder)
        .SetTag("sensorium.request_id", batch.RequestId)
        .SetTag("sensorium.items", batch.Items.Count);

    /// <summary>One medium, from resolving its content to its vector.</summary>
    public static Activity? StartItem(string encoder, string itemId) => Source.StartActivity("sensorium.encoder.item")
        ?.SetTag("sensorium.encoder", encoder)
        .SetTag("sensorium.item_id", itemId);

    public static void Finish(this Activity? activity, EncodeOutcome outcome)
    {
        activity?.SetTag("sensorium.segments", outcome.Usage.Segments)
            .SetTag("sensorium.batch_size", outcome.Timing.BatchSize)
            .SetTag("sensorium.preprocess_ms", outcome.Timing.Preprocess?.TotalMilliseconds)
            .SetTag("sensorium.queue_ms", outcome.Timing.Queue?.TotalMilliseconds)
            .SetTag("sensorium.inference_ms", outcome.Timing.Inference?.TotalMilliseconds);
        if (outcome.Error is { } error)
        {
            activity?.SetStatus(ActivityStatusCode.Error, error.Reason);
        }
    }
}
