namespace Sensorium.Hosting.Policies;

/// <summary>Calls that are not the work of callers: health, reflection and metrics, and what services ask of each other.</summary>
internal static class InfrastructureCalls
{
    public static bool Includes(string path) =>
        path.StartsWith("/grpc.", StringComparison.Ordinal) || IsHealth(path) || IsMetrics(path);

    public static bool IsHealth(string path) =>
        path.StartsWith("/grpc.health.", StringComparison.Ordinal) || path.StartsWith("/health/", StringComparison.Ordinal);

    public static bool IsBetweenServices(string path) =>
        path.StartsWith("/sensorium.v1.EncoderService/", StringComparison.Ordinal)
        || path.StartsWith("/sensorium.v1.GenerationService/", StringComparison.Ordinal);

    public static bool IsMetrics(string path) => path == "/metrics";
}
