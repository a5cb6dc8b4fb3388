namespace Sensorium.Hosting.Policies;

/// <summary>Calls that are not work: health and reflection.</summary>
internal static class InfrastructureCalls
{
    public static bool Includes(string method) => method.StartsWith("/grpc.", StringComparison.Ordinal);

    public static bool IsHealth(string method) => method.StartsWith("/grpc.health.", StringComparison.Ordinal);
}
