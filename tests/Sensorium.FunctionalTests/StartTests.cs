using System.Diagnostics;
using Sensorium.FunctionalTests.Infrastructure;
using Xunit;

namespace Sensorium.FunctionalTests;

/// <summary>Settings with which nothing can be served end the start with what is wrong with them, and with no trace of our code.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task Each_says_what_is_wrong_and_ends_the_process()
    {
        await Task.WhenAll(
            AssertRefusedAsync("gateway", "Sensorium.Gateway", "Sensorium:Models:Folder names \"/nowhere\", and there is no such folder", "--Sensorium:Models:Folder=/nowhere", "--Sensorium:Host:MaxItems=0"),
            AssertRefusedAsync("gateway", "Sensorium.Gateway", "Sensorium:Index:Folder names \"/proc/none\"", "--Sensorium:Index:Folder=/proc/none"),
            AssertRefusedAsync("services/Vision", "Sensorium.Vision", "which is a file and no folder", $"--Sensorium:Models:Folder={typeof(StartTests).Assembly.Location}"),
            AssertRefusedAsync("services/ImageGeneration", "Sensorium.ImageGeneration", "Sensorium:Models:Folder names \"/nowhere\"", "--Sensorium:Models:Folder=/nowhere"),
            AssertRefusedAsync("services/Generation", "Sensorium.Generation", "'seven' at 'Sensorium:Host:GrpcPort'", "--Sensorium:Host:GrpcPort=seven"),
            AssertRefusedAsync("gateway", "Sensorium.Gateway", "Sensorium:Models:Folder", "check", "/nowhere", "--Sensorium:Models:Folder=/nowhere"));
    }

    private static async Task AssertRefusedAsync(string folder, string name, string expected, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Repository.Binary(folder, name), .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();

        var said = await output + await error;
        Assert.True(process.ExitCode == 1, said);
        Assert.Contains(expected, said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }
}
