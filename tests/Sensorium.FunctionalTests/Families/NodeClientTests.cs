using System.Diagnostics;
using Sensorium.FunctionalTests.Infrastructure;
using Xunit;

namespace Sensorium.FunctionalTests.Families;

/// <summary>The clients that npm has for others' APIs and protocols work against a gateway in front of services, too. The suites of the examples drive one that is alone.</summary>
[Collection(TinyModelsInSixProcesses.Name)]
public sealed class NodeClientTests(TinyModelsInSixProcesses deployment) : DeploymentTests(deployment)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("clients.mjs")]
    [InlineData("oip.mjs")]
    [InlineData("mcp.mjs")]
    public async Task Each_drives_its_face(string suite)
    {
        var folder = Path.Combine(Repository.Root, "clients/node");
        var start = new ProcessStartInfo("node", [Path.Combine(folder, "faces", suite)]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SENSORIUM_HTTP"] = Sensorium.GatewayHttp.ToString().TrimEnd('/');
        start.Environment["SENSORIUM_ADDRESS"] = Sensorium.Channel.Target;
        start.Environment["SENSORIUM_SAMPLES"] = Environment.GetEnvironmentVariable("SENSORIUM_SAMPLES") ?? Path.Combine(Repository.Root, ".cache/samples");
        using var process = Process.Start(start)!;
        var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());

        try
        {
            await process.WaitForExitAsync().WaitAsync(Patience);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }

        var output = string.Concat(await said);
        Assert.SkipWhen(output.Contains("the suite needs Node", StringComparison.Ordinal), output);
        Assert.True(process.ExitCode == 0, output);
        Assert.Matches(@"# pass [1-9]", output);
        Assert.Contains("# skipped 0", output, StringComparison.Ordinal);
    }
}
