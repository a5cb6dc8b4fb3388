using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Sensorium.Deployment.Tests.Kustomize;

/// <summary>kubectl of this machine, where there is one that knows components (1.21 and later; Debian's is older).</summary>
internal static class Kubectl
{
    public static bool Knows { get; } = Run("version", "--client", "-o", "json")?.Contains("kustomizeVersion", StringComparison.Ordinal) ?? false;

    public static List<JsonObject> Kustomize(string folder) =>
        [.. YamlNodes.Parse(Run("kustomize", folder) ?? throw new InvalidOperationException($"kubectl refuses {folder}.")).Cast<JsonObject>()];

    private static string? Run(params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("kubectl", arguments) { RedirectStandardOutput = true, WorkingDirectory = SourceTree.Root })!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
