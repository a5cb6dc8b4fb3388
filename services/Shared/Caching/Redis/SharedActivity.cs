using System.Diagnostics;

namespace Sensorium.Caching.Redis;

/// <summary>
/// Traces of calls to Redis, under the source "Sensorium" and by OpenTelemetry's conventions for databases. Made where the call
/// is bounded and counted, so that a span ends when the request goes on and not when Redis answers at last.
/// </summary>
internal static class SharedActivity
{
    private static readonly ActivitySource Source = new("Sensorium");

    /// <summary>Null where no request is under way, as for what is written later.</summary>
    public static Activity? Start(string operation, string endpoint) => Activity.Current is null
        ? null
        : Source.StartActivity($"redis {operation}", ActivityKind.Client)
            ?.SetTag("db.system.name", "redis")
            .SetTag("db.operation.name", operation)
            .SetTag("server.address", endpoint);
}
