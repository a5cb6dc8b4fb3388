using System.Globalization;
using Sensorium.Core.Packs;

namespace Sensorium.Bench.Contenders;

/// <summary>Configuration of the gateway for a measurement: defaults, and the threads and the arithmetic that every contender gets.</summary>
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

        // As the peers compute; the section that compares variants says otherwise.
        ["Sensorium__Text__Model__Variant"] = ModelVariants.SinglePrecision,
        ["Sensorium__Vision__Model__Variant"] = ModelVariants.SinglePrecision,
        ["Sensorium__Audio__Model__Variant"] = ModelVariants.SinglePrecision,
        ["Sensorium__Video__Model__Variant"] = ModelVariants.SinglePrecision,
        ["Sensorium__Onnx__Threads"] = options.Threads.ToString(CultureInfo.InvariantCulture),
        ["Logging__LogLevel__Default"] = "Warning",
    };
}
