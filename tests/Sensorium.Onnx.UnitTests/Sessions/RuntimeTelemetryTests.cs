using System.Diagnostics;
using Xunit;

namespace Sensorium.Onnx.UnitTests.Sessions;

/// <summary>ONNX Runtime keeps an identity in the home folder as soon as it sends anything.</summary>
public sealed class RuntimeTelemetryTests
{
    [Fact]
    public async Task A_process_that_runs_a_session_leaves_nothing_in_a_fresh_home()
    {
        var home = Directory.CreateTempSubdirectory("sensorium-home-");
        try
        {
            var (exitCode, output) = await RunSessionAsync(home.FullName);

            Assert.True(exitCode == 0 && output.Contains("Total: 1", StringComparison.Ordinal), output);
            Assert.Empty(home.EnumerateFileSystemInfos("*", SearchOption.AllDirectories));
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    // This assembly in a process of its own: the variable counts only before the runtime is created, and here it may exist already.
    private static async Task<(int ExitCode, string Output)> RunSessionAsync(string home)
    {
        const string Test = $"*.{nameof(OnnxSessionFactoryTests)}.{nameof(OnnxSessionFactoryTests.A_graph_is_loaded_with_its_inputs_and_outputs)}";
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(RuntimeTelemetryTests).Assembly.Location, "-noLogo", "-noColor", "-method", Test])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["HOME"] = home;
        // Where the caller has it set already, the process would prove nothing.
        start.Environment.Remove("ORT_DISABLE_TELEMETRY");
        start.Environment.Remove("XDG_CACHE_HOME");
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }
}
