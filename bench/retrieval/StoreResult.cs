using System.Globalization;

namespace Sensorium.Bench.Retrieval;

/// <param name="Server">What kept the vectors, and its version.</param>
internal sealed record StoreResult(string Store, string Server, IReadOnlyList<StepResult> Steps);

/// <param name="Recall">Share of the ten exact nearest that were among the ten answered.</param>
/// <param name="ItemsPerSecond">While the collection grew to this size.</param>
/// <param name="GatewayBytes">The gateway's own memory, models included.</param>
/// <param name="StoredBytes">What the store takes: files of the embedded one, memory of a Redis server, the database of PostgreSQL. Null where it cannot be told.</param>
internal sealed record StepResult(int Size, double Recall, double MedianMs, double P99Ms, double ItemsPerSecond, long GatewayBytes, long? StoredBytes)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Size,7} vectors: recall@10 {Recall:0.000}, p50 {MedianMs:0.0} ms, p99 {P99Ms:0.0} ms, {ItemsPerSecond:0} items/s in, gateway {GatewayBytes >> 20} MiB");
}
