using Microsoft.Extensions.Logging;

namespace Sensorium.Hosting.Grpc.Health;

internal sealed partial class ReadinessMonitor
{
    [LoggerMessage(5020, LogLevel.Information, "Ready")]
    private partial void LogReady();

    [LoggerMessage(5021, LogLevel.Information, "Not ready: {Problems}")]
    private partial void LogNotReady(string problems);
}
