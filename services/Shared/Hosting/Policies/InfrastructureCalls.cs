namespace Sensorium.Hosting.Policies;

/// <summary>Calls that are not work: health, reflection and metrics.</summary>
internal static class InfrastructureCalls
{
    public static bool Includes(string path) =>
        path.StartsWith("/grpc.", StringComparison.Ordinal) || IsHealth(path) || IsMetrics(path);

    public static bool IsHealth(string path) =>
        path.StartsWith("/grpc.health.", StringComparison.Ordinal) || path.StartsWith("/health/", StringComparison.Ordinal);

    public static bool IsMetrics(string path) => path == "/metrics";
}
