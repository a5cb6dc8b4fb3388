using System.Diagnostics.Metrics;
using Sensorium.Core.Measuring;

namespace Sensorium.Core.Diffusion;

/// <summary>What the making of pictures with one model reports.</summary>
internal sealed class ImageMetrics : IDisposable
{
    private static readonly Meter Meter = new("Sensorium");
    private static readonly TaggedReadings<long> Waiting = new();
    private static readonly TaggedReadings<long> Running = new();

    private static readonly Histogram<int> BatchSize = Meter.CreateHistogram<int>(
        "sensorium.image_generation.step.size", "{row}", "Rows of one run of the denoiser, two for each picture with guidance.");
    private static readonly Histogram<double> StepDuration = Meter.CreateHistogram<double>(
        "sensorium.image_generation.step.duration", "s", "How long one run of the denoiser took.");
    private static readonly Counter<long> Pictures = Meter.CreateCounter<long>(
        "sensorium.image_generation.pictures.ended", "{picture}", "Pictures that ended, by reason.");

    private readonly KeyValuePair<string, object?> _tag;
    private readonly IDisposable[] _gauges;

    static ImageMetrics()
    {
        Meter.CreateObservableGauge("sensorium.image_generation.queue.size", Waiting.Read, "{picture}", "Pictures that wait for their turn, by model.");
        Meter.CreateObservableGauge("sensorium.image_generation.pictures.active", Running.Read, "{picture}", "Pictures that are worked on, by model.");
    }

    public ImageMetrics(string model, Func<int> waiting, Func<int> running)
    {
        _tag = new KeyValuePair<string, object?>("model", model);
        _gauges = [Waiting.Add(() => waiting(), _tag), Running.Add(() => running(), _tag)];
    }

    public void Step(int rows, TimeSpan duration)
    {
        BatchSize.Record(rows, _tag);
        StepDuration.Record(duration.TotalSeconds, _tag);
    }

    /// <param name="reason">"end", "cancelled" or "failed".</param>
    public void Ended(string reason) => Pictures.Add(1, _tag, new KeyValuePair<string, object?>("reason", reason));

    public void Dispose() => Array.ForEach(_gauges, gauge => gauge.Dispose());
}
