using Sensorium.Core.Admission;

namespace Sensorium.Core.Tensors;

/// <summary>Bounds of bare graphs, for each of them; section "Sensorium:Graphs".</summary>
public sealed class GraphOptions
{
    public const string Section = "Sensorium:Graphs";

    /// <summary>
    /// Most rows of one run. Requests are joined along the first dimension of a graph that leaves it open under one name, and
    /// whose rows do not look at each other; a `max_batch_size` in the model's config.json goes before it.
    /// </summary>
    public int MaxBatchRows { get; set; } = 64;

    /// <summary>Most requests that are under way; one beyond them is refused as overload.</summary>
    public int MaxPendingRequests { get; set; } = 512;

    /// <summary>Longest time that a request may be expected to wait; one that would wait longer is refused as overload.</summary>
    public TimeSpan MaxExpectedWait { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>After which time a run counts as stuck, and the service as not ready.</summary>
    public TimeSpan MaxRunTime { get; set; } = TimeSpan.FromMinutes(1);

    internal AdmissionLimits AdmissionLimits() => new(MaxPendingRequests, MaxExpectedWait);
}
