using Microsoft.Extensions.Logging;

namespace Sensorium.Caching.Redis;

internal sealed partial class SharedCalls
{
    [LoggerMessage(4010, LogLevel.Warning, "Redis at {Endpoint} does not serve; the cache goes on in memory alone. Last failure: {Message}")]
    private partial void LogUnavailable(string endpoint, string message);

    [LoggerMessage(4011, LogLevel.Information, "Redis at {Endpoint} serves again.")]
    private partial void LogRecovered(string endpoint);
}
