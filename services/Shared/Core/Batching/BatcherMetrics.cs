using System.Diagnostics.Metrics;

namespace Sensorium.Core.Batching;

/// <summary>Measurements of one batcher, tagged with its name.</summary>
internal sealed class BatcherMetrics(string name)
{
    private static readonly Meter Meter = new("Sensorium");
    private static readonly UpDownCounter<long> QueueDepth = Meter.CreateUpDownCounter<long>(
        "sensorium.batcher.queue.size", "{item}", "Items that wait for a batch, by batcher.");
    private static readonly UpDownCounter<long> QueueWork = Meter.CreateUpDownCounter<long>(
        "sensorium.batcher.queue.work", "{unit}", "What these items cost: tokens, patches, mel frames.");
    private static readonly Histogram<double> QueueTime = Meter.CreateHistogram<double>(
        "sensorium.batcher.queue.duration", "s", "How long an item waited for its batch.");
    private static readonly Histogram<double> BatchDuration = Meter.CreateHistogram<double>(
        "sensorium.batcher.batch.duration", "s", "How long the model ran on one batch.");
    private static readonly Histogram<int> BatchSize = Meter.CreateHistogram<int>(
        "sensorium.batcher.batch.size", "{item}", "Items of one batch.");
    private static readonly Counter<long> Cancelled = Meter.CreateCounter<long>(
        "sensorium.batcher.items.cancelled", "{item}", "Items whose caller gave up while they waited.");
    private static readonly Counter<long> Failed = Meter.CreateCounter<long>(
        "sensorium.batcher.items.failed", "{item}", "Items on which the model failed.");

    private readonly KeyValuePair<string, object?> _tag = new("batcher", name);

    public void Queued(long items, long work)
    {
        QueueDepth.Add(items, _tag);
        QueueWork.Add(work, _tag);
    }

    public void Ran(int batchSize, TimeSpan runTime)
    {
        BatchSize.Record(batchSize, _tag);
        BatchDuration.Record(runTime.TotalSeconds, _tag);
    }

    public void Waited(TimeSpan queueTime) => QueueTime.Record(queueTime.TotalSeconds, _tag);

    public void ItemCancelled() => Cancelled.Add(1, _tag);

    public void ItemFailed() => Failed.Add(1, _tag);
}
