using Sensorium.Core.Admission;
using Sensorium.Core.Batching;

namespace Sensorium.Core.Encoding.Pipeline;

/// <summary>Bounds of one encoder; section "Sensorium:&lt;Service&gt;:Encoder".</summary>
public sealed class EncoderOptions
{
    /// <summary>Most items of one request.</summary>
    public int MaxItems { get; set; } = 256;

    /// <summary>Most bytes of one medium; 0 means no limit here.</summary>
    public long MaxItemBytes { get; set; }

    /// <summary>Most segments of one medium; what has more is sampled evenly.</summary>
    public int MaxSegments { get; set; } = 64;

    /// <summary>Most items of all requests that are under way; a request beyond them is refused as overload.</summary>
    public int MaxPendingItems { get; set; } = 512;

    /// <summary>
    /// Longest time that a request may be expected to wait for the work that is before it, in all stages; one that would wait
    /// longer is refused as overload. Eight items of usual cost may be before it however long they take, and a request with a
    /// deadline may wait for half of the time that it leaves.
    /// </summary>
    public TimeSpan MaxExpectedWait { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Media that are decoded at the same time; 0 means the cores that this process may use.</summary>
    public int PreprocessingConcurrency { get; set; }

    /// <summary>Prepared segments of one medium that wait for the model, so that a long medium takes little memory.</summary>
    public int SegmentsInFlight { get; set; } = 8;

    /// <summary>Bounds of the batches and of the queue before the model.</summary>
    public BatcherOptions Batching { get; set; } = new();

    /// <summary>After which time a model run counts as stuck, and the service as not ready.</summary>
    public TimeSpan MaxRunTime { get; set; } = TimeSpan.FromMinutes(1);

    internal AdmissionLimits AdmissionLimits() => new(MaxPendingItems, MaxExpectedWait);
}
