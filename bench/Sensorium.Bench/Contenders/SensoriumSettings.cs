using System.Globalization;

namespace Sensorium.Bench.Contenders;

/// <summary>Configuration of the gateway for a measurement: defaults, and the threads that every contender gets.</summary>
internal static class SensoriumSettings
{
    public const string EncodedPicturesMetric = "sensorium_encoder_items_total";

    public static Dictionary<string, string> Environment(BenchOptions options, int port) => new()
    {
        ["Kestrel__Endpoints__Grpc__Url"] = $"http://127.0.0.1:{port}",
        ["Kestrel__Endpoints__Grpc__Protocols"] = "Http2",
        ["Sensorium__Pack__Path"] = options.Pack,
        ["Sensorium__Onnx__IntraOpThreads"] = options.Threads.ToString(CultureInfo.InvariantCulture),
        ["Logging__LogLevel__Default"] = "Warning",
    };

    public static string MetricsAddress(string address) => $"{address}/metrics";
}
