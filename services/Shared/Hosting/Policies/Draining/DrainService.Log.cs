using Microsoft.Extensions.Logging;

namespace Sensorium.Hosting.Policies.Draining;

internal sealed partial class DrainService
{
    [LoggerMessage(5010, LogLevel.Information, "Draining: {Active} calls are under way")]
    private partial void LogDraining(int active);

    [LoggerMessage(5011, LogLevel.Warning, "{Active} calls were still under way after {Timeout}; they are ended")]
    private partial void LogGaveUp(int active, TimeSpan timeout);
}
