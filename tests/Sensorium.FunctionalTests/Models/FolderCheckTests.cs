using System.Diagnostics;
using System.Text.Json;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.Testing.Shared.Models;
using Xunit;

namespace Sensorium.FunctionalTests.Models;

/// <summary>sensorium models check FOLDER, with no gateway anywhere.</summary>
public sealed class FolderCheckTests : IDisposable
{
    private const string Program = "clients/Sensorium.Cli";

    private readonly ModelFolders _folders = new();

    public void Dispose() => _folders.Dispose();

    [Fact]
    public async Task A_folder_is_checked_without_a_gateway()
    {
        var (status, output, errors) = await CheckAsync([Path.Combine(TinyModels.Models, "tiny-clip"), "--json"]);

        Assert.Equal((0, ""), (status, errors));
        using var json = JsonDocument.Parse(output);
        var check = json.RootElement;
        Assert.Equal(("tiny-clip", "clip", true), (check.GetProperty("id").GetString(), check.GetProperty("family").GetString(), check.GetProperty("serves").GetBoolean()));
        var parts = check.GetProperty("parts").EnumerateArray().ToDictionary(part => part.GetProperty("service").GetString()!);
        Assert.Equal(["text", "video", "vision"], parts.Keys.Order());
        Assert.All(parts.Values, part => Assert.True(part.GetProperty("ready_after_seconds").GetDouble() > 0));
        var graph = Assert.Single(parts["vision"].GetProperty("graphs").EnumerateArray());
        Assert.Equal("pixel_values float32 [image_batch_size, num_channels, height, width]", Tensors(graph, "inputs").Single());
        Assert.Contains("image_embeds float32 [image_batch_size, 24]", Tensors(graph, "outputs"));
    }

    [Fact]
    public async Task A_model_for_pictures_is_checked_with_all_its_graphs()
    {
        var (status, output, errors) = await CheckAsync([Path.Combine(TinyModels.Pictures, "tiny-diffusion"), "--json"]);

        Assert.Equal((0, ""), (status, errors));
        using var json = JsonDocument.Parse(output);
        Assert.Equal("diffusers", json.RootElement.GetProperty("family").GetString());
        var part = Assert.Single(json.RootElement.GetProperty("parts").EnumerateArray());
        Assert.Equal("image-generation", part.GetProperty("service").GetString());
        Assert.Equal(4, part.GetProperty("graphs").GetArrayLength());
    }

    [Fact]
    public async Task A_folder_that_cannot_be_served_has_a_reason_a_line_and_an_exit_status_of_1()
    {
        var folder = _folders.AddTinyModel("tiny-clip", "half");
        File.Copy(Path.Combine(folder, "onnx", "vision_model.onnx"), Path.Combine(folder, "onnx", "text_model.onnx"), overwrite: true);

        var (status, output, errors) = await CheckAsync([folder]);

        Assert.Equal(1, status);
        Assert.StartsWith("sensorium: text (embed): ", Assert.Single(errors.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Contains("missing: text_embeds", output);
        Assert.Contains("takes pixel_values float32", output);
        Assert.Contains("vision (embed): fp32 on cpu, ready after", output);
    }

    [Fact]
    public async Task A_folder_is_checked_where_there_is_no_other_model()
    {
        var empty = Directory.CreateDirectory(Path.Combine(_folders.Root, "empty")).FullName;

        var (status, _, errors) = await CheckAsync([Path.Combine(TinyModels.Models, "tiny-bert")], empty);

        Assert.Equal((0, ""), (status, errors));
    }

    private static IEnumerable<string> Tensors(JsonElement graph, string side) => graph.GetProperty(side).EnumerateArray().Select(tensor =>
        $"{tensor.GetProperty("name")} {tensor.GetProperty("type")} [{string.Join(", ", tensor.GetProperty("dimensions").EnumerateArray())}]");

    /// <param name="models">The folder of models in the environment; null leaves it out.</param>
    private static async Task<(int Status, string Output, string Errors)> CheckAsync(string[] arguments, string? models = null)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Repository.Binary(Program, "sensorium"), "models", "check", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (models is not null)
        {
            start.Environment["Sensorium__Models__Folder"] = models;
        }

        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await errors);
    }
}
