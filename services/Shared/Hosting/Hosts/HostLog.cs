using Microsoft.Extensions.Logging;

namespace Sensorium.Hosting.Hosts;

internal static partial class HostLog
{
    [LoggerMessage(5030, LogLevel.Information, "The {Service} service serves gRPC on {Address}")]
    public static partial void Serving(ILogger logger, string service, string address);

    [LoggerMessage(5032, LogLevel.Critical, "The service cannot start: {Problem}")]
    public static partial void CannotStart(ILogger logger, string problem, Exception? exception);

    [LoggerMessage(5031, LogLevel.Critical, "The configuration has faults:\n{Faults}")]
    public static partial void InvalidConfiguration(ILogger logger, string faults);
}
