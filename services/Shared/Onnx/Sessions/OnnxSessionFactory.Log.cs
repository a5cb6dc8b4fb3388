using Microsoft.Extensions.Logging;

namespace Sensorium.Onnx.Sessions;

public sealed partial class OnnxSessionFactory
{
    [LoggerMessage(1000, LogLevel.Information, "Loaded {Path} ({Variant}) on {Device}.")]
    private partial void LogLoaded(string path, string variant, string device);

    [LoggerMessage(1001, LogLevel.Warning, "{Reason} The model runs on the CPU instead, as configured.")]
    private partial void LogFallback(string reason);
}
