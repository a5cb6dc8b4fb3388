using System.Collections.Concurrent;
using Sensorium.Core.Encoding;

namespace Sensorium.Gateway.Operations.Inference;

/// <summary>What this process has been asked in tensors since it started, by model.</summary>
internal sealed class InferStatistics(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, ModelCounts> _models = new(StringComparer.Ordinal);

    public ModelCounts Of(string model) => _models.TryGetValue(model, out var counts) ? counts : new ModelCounts();

    public void Succeeded(string model, long rows, TimeSpan took, EncodeTiming? timing = null) => Change(model, counts => counts with
    {
        LastInference = time.GetUtcNow(),
        Rows = counts.Rows + rows,
        Runs = counts.Runs + (1.0 / Math.Max(1, timing?.BatchSize ?? 1)),
        Success = counts.Success.Add(took),
        Queue = counts.Queue.Add(timing?.Queue),
        Inference = counts.Inference.Add(timing?.Inference),
    });

    public void Failed(string model, TimeSpan took) => Change(model, counts => counts with { Fail = counts.Fail.Add(took) });

    private void Change(string model, Func<ModelCounts, ModelCounts> change) =>
        _models.AddOrUpdate(model, _ => change(new ModelCounts()), (_, counts) => change(counts));
}

/// <param name="Rows">Of requests that succeeded.</param>
/// <param name="Runs">That they took; a part of one for each request that shared it.</param>
/// <param name="Inference">In runs, of those that tell it.</param>
internal sealed record ModelCounts(
    DateTimeOffset? LastInference = null,
    long Rows = 0,
    double Runs = 0,
    CountedTime Success = default,
    CountedTime Fail = default,
    CountedTime Queue = default,
    CountedTime Inference = default);

internal readonly record struct CountedTime(long Count, TimeSpan Time)
{
    public CountedTime Add(TimeSpan? more) => more is { } time ? new CountedTime(Count + 1, Time + time) : this;
}
