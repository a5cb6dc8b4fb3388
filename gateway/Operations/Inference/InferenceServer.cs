using Sensorium.Hosting.Settings;

namespace Sensorium.Gateway.Operations.Inference;

/// <summary>What this server says of itself to clients of the Open Inference Protocol.</summary>
internal static class InferenceServer
{
    public const string Name = "sensorium";

    public static string Version => ProductVersion.Text;

    public static IReadOnlyList<string> Extensions { get; } = ["binary_tensor_data", "model_configuration", "model_repository", "statistics", "parameters", "classification"];
}
