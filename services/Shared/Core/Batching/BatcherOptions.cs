namespace Sensorium.Core.Batching;

/// <summary>Bounds of one batcher.</summary>
public sealed class BatcherOptions
{
    /// <summary>Most items of one run.</summary>
    public int MaxBatchSize { get; set; } = 16;

    /// <summary>Most work units of one run; 0 means no limit. An item that is larger by itself runs alone.</summary>
    public int MaxBatchWork { get; set; }

    /// <summary>Most items that wait in the queue; the next ones wait before it.</summary>
    public int MaxQueueItems { get; set; } = 256;

    /// <summary>Most work units that wait in the queue; 0 means no limit.</summary>
    public long MaxQueueWork { get; set; }

    /// <summary>How long after its last run a model gives back memory that large batches made it take; 0 means never.</summary>
    public TimeSpan IdleAfter { get; set; } = TimeSpan.FromMinutes(1);
}
