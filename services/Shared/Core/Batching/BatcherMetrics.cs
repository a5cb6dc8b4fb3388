using System.Diagnostics.Metrics;

namespace Sensorium.Core.Batching;

/// <summary>Measurements of one batcher, tagged with its name.</summary>
internal sealed class BatcherMetrics(string name)
{
    private static readonly Meter Meter = new("Sensorium");
    private static readonly UpDownCounter<long> QueueDepth = Meter.CreateUpDownCounter<long>("sensorium.batcher.queue.depth", "{item}");
    private static readonly UpDownCounter<long> QueueWork = Meter.CreateUpDownCounter<long>("sensorium.batcher.queue.work", "{unit}");
    private static readonly Histogram<double> QueueTime = Meter.CreateHistogram<double>("sensorium.batcher.queue.time", "s");
    private static readonly Histogram<double> RunTime = Meter.CreateHistogram<double>("sensorium.batcher.run.time", "s");
    private static readonly Histogram<int> BatchSize = Meter.CreateHistogram<int>("sensorium.batcher.batch.size", "{item}");
    private static readonly Counter<long> Cancelled = Meter.CreateCounter<long>("sensorium.batcher.cancelled", "{item}");
    private static readonly Counter<long> Failed = Meter.CreateCounter<long>("sensorium.batcher.failed", "{item}");

    private readonly KeyValuePair<string, object?> _tag = new("batcher", name);

    public void Queued(long items, long work)
    {
        QueueDepth.Add(items, _tag);
        QueueWork.Add(work, _tag);
    }

    public void Ran(int batchSize, TimeSpan runTime)
    {
        BatchSize.Record(batchSize, _tag);
        RunTime.Record(runTime.TotalSeconds, _tag);
    }

    public void Waited(TimeSpan queueTime) => QueueTime.Record(queueTime.TotalSeconds, _tag);

    public void ItemCancelled() => Cancelled.Add(1, _tag);

    public void ItemFailed() => Failed.Add(1, _tag);
}
