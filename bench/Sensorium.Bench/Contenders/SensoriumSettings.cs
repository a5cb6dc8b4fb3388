using System.Globalization;

namespace Sensorium.Bench.Contenders;

/// <summary>Configuration of the gateway for a measurement: defaults, and the threads that every contender gets.</summary>
internal static class SensoriumSettings
{
    public const string EncodedPicturesMetric = "sensorium_encoder_items_total";

    public static Dictionary<string, string> Environment(BenchOptions options, int grpcPort, int httpPort) => new()
    {
        ["Sensorium__Host__GrpcPort"] = grpcPort.ToString(CultureInfo.InvariantCulture),
        ["Sensorium__Host__HttpPort"] = httpPort.ToString(CultureInfo.InvariantCulture),
        ["Sensorium__Pack__Path"] = options.Pack,
        ["Sensorium__Onnx__Threads"] = options.Threads.ToString(CultureInfo.InvariantCulture),
        ["Logging__LogLevel__Default"] = "Warning",
    };
}
