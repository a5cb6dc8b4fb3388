using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace Sensorium.Hosting.Settings;

/// <summary>The frameworks write several lines for each call; they are silent unless something is wrong, or the configuration says otherwise.</summary>
internal static class LoggingDefaults
{
    public static void AddLoggingDefaults(this IConfigurationManager configuration) => configuration.Sources.Insert(0, new MemoryConfigurationSource
    {
        InitialData =
        [
            new("Logging:LogLevel:Microsoft.AspNetCore", "Warning"),
            new("Logging:LogLevel:Grpc", "Warning"),
            new("Logging:LogLevel:System.Net.Http", "Warning"),
        ],
    });
}
