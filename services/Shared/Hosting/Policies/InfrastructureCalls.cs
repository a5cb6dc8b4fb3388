namespace Sensorium.Hosting.Policies;

/// <summary>Calls that are not the work of callers: health, reflection and metrics, and what services ask of each other.</summary>
internal static class InfrastructureCalls
{
    // Of the Open Inference Protocol.
    private const string Inference = "/inference.GRPCInferenceService/";

    public static bool Includes(string path) =>
        path.StartsWith("/grpc.", StringComparison.Ordinal) || IsHealth(path) || IsMetrics(path);

    public static bool IsHealth(string path) =>
        path.StartsWith("/grpc.health.", StringComparison.Ordinal)
        || path.StartsWith("/health/", StringComparison.Ordinal)
        || path.StartsWith("/v2/health/", StringComparison.Ordinal)
        || path is $"{Inference}ServerLive" or $"{Inference}ServerReady";

    public static bool IsBetweenServices(string path) =>
        path.StartsWith("/sensorium.v1.EncoderService/", StringComparison.Ordinal)
        || path.StartsWith("/sensorium.v1.GenerationService/", StringComparison.Ordinal)
        || path.StartsWith("/sensorium.v1.ImageGenerationService/", StringComparison.Ordinal)
        || path.StartsWith("/sensorium.v1.TensorService/", StringComparison.Ordinal);

    /// <summary>Calls that load or unload models, and so decide what all callers are served; a check loads them, too.</summary>
    public static bool Manages(string path) => path is
        "/sensorium.v1.ModelService/Load" or "/sensorium.v1.ModelService/Unload" or "/sensorium.v1.ModelService/Check"
        or $"{Inference}RepositoryModelLoad" or $"{Inference}RepositoryModelUnload"
        || path.StartsWith("/v2/repository/models/", StringComparison.OrdinalIgnoreCase);

    public static bool IsMetrics(string path) => path == "/metrics";
}
