using System.Diagnostics;
using System.Text.Json;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.Testing.Shared.Models;
using Xunit;

namespace Sensorium.FunctionalTests.Families;

/// <summary>./bench.sh families runs, with one model; how fast it is says nothing here.</summary>
public sealed class FamilyBenchTests : IDisposable
{
    private const string Bench = "bench/Sensorium.Bench";

    private readonly DirectoryInfo _work = Directory.CreateTempSubdirectory("sensorium-families-");

    public void Dispose() => _work.Delete(recursive: true);

    [Fact]
    public async Task A_model_is_compared_timed_and_unloaded()
    {
        var tiny = Path.GetDirectoryName(TinyModels.Models)!;
        Directory.CreateSymbolicLink(Path.Combine(_work.FullName, "media"), Path.Combine(tiny, "media"));
        foreach (var (folder, entry) in new[] { ("models", "tiny-bert"), ("questions", "tiny-bert.json") })
        {
            File.CreateSymbolicLink(Path.Combine(_work.CreateSubdirectory(folder).FullName, entry), Path.Combine(tiny, folder, entry));
        }

        var report = Path.Combine(_work.FullName, "report.json");
        var output = await RunAsync("families", "--only", "tiny-bert", "--work", _work.FullName, "--json", report, "--window", "0.2", "--warmup", "0.1", "--settle", "0.1");

        Assert.True(File.Exists(report), output);
        using var json = JsonDocument.Parse(File.ReadAllBytes(report));
        Assert.Empty(json.RootElement.GetProperty("left_out").EnumerateObject());
        var family = json.RootElement.GetProperty("families").GetProperty("text");
        Assert.InRange(family.GetProperty("max_diff").GetDouble(), 0, 1e-4);
        Assert.All((string[])["vs_node_1", "vs_node_16"], key => Assert.True(family.GetProperty(key).GetDouble() > 0, key));
        Assert.True(family.TryGetProperty("unload_kept_mb", out _));
    }

    private static async Task<string> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Repository.Binary(Bench, "Sensorium.Bench"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SENSORIUM_ROOT"] = Repository.Root;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return await output + await errors;
    }
}
