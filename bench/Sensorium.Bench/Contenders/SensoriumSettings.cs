using System.Globalization;

namespace Sensorium.Bench.Contenders;

/// <summary>Configuration of the gateway for a measurement: defaults, and the threads that every contender gets.</summary>
internal static class SensoriumSettings
{
    /// <summary>Sum of the sizes of all batches that the picture encoder ran.</summary>
    public const string EncodedPicturesMetric = "sensorium_batcher_batch_size_sum";

    /// <summary>What the embedding cache holds in memory.</summary>
    public const string CachedBytesMetric = "sensorium_cache_memory_usage_bytes";

    public const string EncodedPicturesLabel = "batcher=\"vision\"";

    public static Dictionary<string, string> Environment(BenchOptions options, int grpcPort, int httpPort) => new()
    {
        ["Sensorium__Host__GrpcPort"] = grpcPort.ToString(CultureInfo.InvariantCulture),
        ["Sensorium__Host__HttpPort"] = httpPort.ToString(CultureInfo.InvariantCulture),
        ["Sensorium__Pack"] = options.Pack,
        ["Sensorium__Onnx__Threads"] = options.Threads.ToString(CultureInfo.InvariantCulture),
        ["Logging__LogLevel__Default"] = "Warning",
    };
}
