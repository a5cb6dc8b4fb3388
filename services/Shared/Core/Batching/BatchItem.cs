using Sensorium.Core.Admission;
using Sensorium.Core.Tenancy;

namespace Sensorium.Core.Batching;

/// <summary>One piece of work for a <see cref="DynamicBatcher{TInput,TOutput}"/>.</summary>
/// <param name="WorkUnits">What it costs: tokens, patches, mel frames; above 0.</param>
/// <param name="ShapeKey">Only items of an equal key share a batch.</param>
public sealed record BatchItem<TInput>(TInput Input, int WorkUnits, string ShapeKey, RequestPriority Priority = RequestPriority.Normal)
{
    public Tenant Tenant { get; init; } = Tenant.Default;

    /// <summary>
    /// What the input borrows. Disposed once, when the batcher no longer reads the input: a cancelled item that is part of a
    /// run ends at once for its caller, but is read until that run is over. A refused item keeps it.
    /// </summary>
    public IDisposable? Owner { get; init; }
}

/// <param name="QueueTime">From joining the queue to the start of the run.</param>
/// <param name="RunTime">Of the run that gave the output.</param>
/// <param name="BatchSize">Items in that run.</param>
public readonly record struct BatchResult<TOutput>(TOutput Output, TimeSpan QueueTime, TimeSpan RunTime, int BatchSize);
