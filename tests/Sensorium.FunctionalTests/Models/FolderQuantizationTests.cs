using System.Diagnostics;
using System.Text.Json;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.Testing.Shared.Models;
using Xunit;

namespace Sensorium.FunctionalTests.Models;

/// <summary>sensorium models quantize FOLDER, with no gateway anywhere.</summary>
public sealed class FolderQuantizationTests : IDisposable
{
    private const string Program = "clients/Sensorium.Cli";

    private readonly ModelFolders _folders = new();

    public void Dispose() => _folders.Dispose();

    [Fact]
    public async Task A_model_is_brought_to_eight_bits_on_the_callers_media()
    {
        var folder = _folders.AddTinyModel("tiny-clip", "light");
        var media = Directory.CreateDirectory(Path.Combine(folder, "media")).FullName;
        foreach (var picture in Directory.EnumerateFiles(Path.Combine(TinyModels.Models, "..", "media"), "*.png").Take(3))
        {
            File.Copy(picture, Path.Combine(media, Path.GetFileName(picture)));
        }

        await File.WriteAllLinesAsync(Path.Combine(media, "words.txt"), ["a dog", "two red cars", ""], TestContext.Current.CancellationToken);

        var (status, output, errors) = await QuantizeAsync(folder, "--calibrate", media, "--method", "static", "--json");

        Assert.Equal((0, ""), (status, errors));
        using var json = JsonDocument.Parse(output);
        var graphs = json.RootElement.GetProperty("graphs").EnumerateArray().ToDictionary(graph => graph.GetProperty("graph").GetString()!);
        Assert.Equal(["text_model", "vision_model"], graphs.Keys.Order());
        Assert.All(graphs.Values, graph =>
        {
            Assert.Equal(JsonValueKind.Null, graph.GetProperty("problem").ValueKind);
            Assert.True(File.Exists(graph.GetProperty("target").GetString()));
            Assert.True(graph.GetProperty("runs").GetInt32() >= 2);
            Assert.All(graph.GetProperty("losses").EnumerateArray(), loss => Assert.InRange(loss.GetProperty("mean").GetDouble(), 0.98, 1));
        });
        Assert.True(File.Exists(Path.Combine(folder, "onnx", "vision_model_int8.onnx")));
    }

    [Fact]
    public async Task What_cannot_be_done_has_its_reason()
    {
        var (status, _, errors) = await QuantizeAsync(_folders.AddTinyModel("tiny-clip", "bare"), "--calibrate", "/nowhere");
        Assert.Equal(2, status);
        Assert.Contains("there is no file or folder '/nowhere'", errors);

        (status, var output, _) = await QuantizeAsync(_folders.AddTinyModel("tiny-clip", "other"), "--method", "static");
        Assert.Equal(1, status);
        Assert.Contains("vision_model (static): not written: no medium reached it", output);
    }

    private static async Task<(int Status, string Output, string Errors)> QuantizeAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Repository.Binary(Program, "sensorium"), "models", "quantize", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await errors);
    }
}
