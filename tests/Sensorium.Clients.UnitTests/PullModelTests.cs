using System.Security.Cryptography;
using System.Text.Json;
using Sensorium.Cli;
using Xunit;

namespace Sensorium.Clients.UnitTests;

public sealed class PullModelTests : IAsyncLifetime
{
    // Every write to it finds no space.
    private const string FullDisk = "/dev/full";

    private readonly HubServer _hub = new();
    private readonly string _models = Directory.CreateTempSubdirectory("sensorium-pull-").FullName;

    private string Mini => Path.Combine(_models, "mini");

    public async ValueTask InitializeAsync() => await _hub.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        Directory.Delete(_models, recursive: true);
    }

    [Fact]
    public async Task The_files_of_one_variant_are_taken_and_locked()
    {
        var (exitCode, output, error) = await PullAsync("people/mini");

        Assert.Equal((0, ""), (exitCode, error));
        Assert.StartsWith("mini: 5 files, 3.1 MB", output, StringComparison.Ordinal);
        string[] expected = ["README.md", "config.json", "onnx/model.onnx", "onnx/model.onnx_data", "sensorium.lock.json", "tokenizer.json"];
        Assert.Equal(expected, FilesOf(Mini));
        Assert.All(expected.Where(_hub.Files.ContainsKey), path => Assert.Equal(_hub.Files[path], File.ReadAllBytes(Path.Combine(Mini, path))));
        using var locked = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Mini, "sensorium.lock.json")));
        Assert.Equal(HubServer.Commit, locked.RootElement.GetProperty("revision").GetString());
        var graph = locked.RootElement.GetProperty("files").EnumerateArray().Single(file => file.GetProperty("path").GetString() == "onnx/model.onnx");
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(_hub.Files["onnx/model.onnx"])), graph.GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task Another_variant_is_taken_alone_and_one_that_is_not_there_is_named()
    {
        Assert.Equal(0, (await PullAsync("people/mini", "--variant", "q8")).ExitCode);
        Assert.Equal(["onnx/model_quantized.onnx"], FilesOf(Mini).Where(path => path.StartsWith("onnx/", StringComparison.Ordinal)));

        var (exitCode, _, error) = await PullAsync("people/mini", "--variant", "fp16", "--as", "half");

        Assert.Equal(1, exitCode);
        Assert.Contains("variants that are there: fp32, q8", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_breaks_off_is_gone_on_with()
    {
        _hub.BreakOff = 2;

        Assert.Equal(0, (await PullAsync("people/mini")).ExitCode);

        Assert.Equal(_hub.Files["onnx/model.onnx_data"], File.ReadAllBytes(Path.Combine(Mini, "onnx/model.onnx_data")));
        Assert.Equal(3, _hub.Asked.Count(asked => asked.StartsWith(HubServer.Large, StringComparison.Ordinal)));
        Assert.Single(_hub.Asked, $"{HubServer.Large} 0");
    }

    [Fact]
    public async Task A_source_that_always_breaks_off_leaves_no_model_and_the_next_command_goes_on()
    {
        _hub.BreakOff = 5;

        var (exitCode, _, error) = await PullAsync("people/mini");

        Assert.Equal(1, exitCode);
        Assert.Contains("run the command again to go on", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Mini));
        _hub.Asked.Clear();
        Assert.Equal(0, (await PullAsync("people/mini")).ExitCode);
        Assert.DoesNotContain($"{HubServer.Large} 0", _hub.Asked);
    }

    [Fact]
    public async Task A_disk_that_is_full_is_told_and_what_came_is_kept()
    {
        _hub.BreakOff = int.MaxValue;
        Assert.Equal(1, (await PullAsync("people/mini")).ExitCode);
        _hub.BreakOff = 0;
        var part = Directory.EnumerateFiles(Path.Combine(_models, ".pull-mini"), "*_data*", SearchOption.AllDirectories).Single();
        var kept = File.ReadAllBytes(part);
        File.Delete(part);
        File.CreateSymbolicLink(part, FullDisk);

        var (exitCode, _, error) = await PullAsync("people/mini");

        Assert.Equal(1, exitCode);
        Assert.Contains("no space left", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Mini));
        File.Delete(part);
        File.WriteAllBytes(part, kept);
        Assert.Equal(0, (await PullAsync("people/mini")).ExitCode);
        Assert.Equal(_hub.Files["onnx/model.onnx_data"], File.ReadAllBytes(Path.Combine(Mini, "onnx/model.onnx_data")));
    }

    [Fact]
    public async Task A_file_with_another_digest_is_thrown_away()
    {
        _hub.WrongDigestOf = "onnx/model.onnx";

        var (exitCode, _, error) = await PullAsync("people/mini");

        Assert.Equal(1, exitCode);
        Assert.Contains("'onnx/model.onnx' has SHA-256", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Mini));
    }

    [Fact]
    public async Task A_hub_that_asks_for_a_token_says_so_and_gets_it_and_its_store_does_not()
    {
        _hub.Token = "secret";

        var (exitCode, _, error) = await PullAsync("people/mini");
        Assert.Equal(1, exitCode);
        Assert.Contains("--token", error, StringComparison.Ordinal);

        Assert.Equal(0, (await PullAsync("people/mini", "--token", "secret")).ExitCode);
        Assert.False(_hub.TokenReachedStore);
    }

    [Theory]
    [InlineData("people/nobody", "(404)")]
    [InlineData("mini", "owner/name")]
    public async Task What_is_not_there_is_named(string source, string inError)
    {
        var (exitCode, _, error) = await PullAsync(source);

        Assert.Equal(1, exitCode);
        Assert.Contains(inError, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listing_that_leads_out_of_the_model_is_refused()
    {
        _hub.Files["../outside.json"] = [1];

        Assert.Contains("leads out", (await PullAsync("people/mini")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_is_there_is_not_taken_twice_and_another_is_not_replaced_unasked()
    {
        await PullAsync("people/mini");
        var asked = _hub.Asked.Count;

        var (_, output, _) = await PullAsync("people/mini");
        var (exitCode, _, error) = await PullAsync("people/mini", "--variant", "q8");

        Assert.Equal($"mini is there already{Environment.NewLine}", output);
        Assert.Equal(asked, _hub.Asked.Count);
        Assert.Equal(1, exitCode);
        Assert.Contains("--force", error, StringComparison.Ordinal);
        Assert.Equal(0, (await PullAsync("people/mini", "--variant", "q8", "--force")).ExitCode);
        Assert.Equal(["mini"], Directory.EnumerateFileSystemEntries(_models).Select(Path.GetFileName));
    }

    [Fact]
    public async Task The_url_of_a_model_and_a_folder_are_sources_too()
    {
        Assert.Equal(0, (await PullAsync($"{_hub.Address}/people/mini")).ExitCode);
        Assert.Equal(0, (await PullAsync(Mini, "--as", "copy")).ExitCode);

        Assert.Equal(FilesOf(Mini), FilesOf(Path.Combine(_models, "copy")));
    }

    [Fact]
    public async Task Of_a_model_that_makes_pictures_the_parts_are_taken_without_weights_of_other_runtimes()
    {
        HoldPictureModel();

        Assert.Equal((0, ""), await ResultOfAsync("people/mini"));

        string[] expected =
        [
            "README.md", "model_index.json", "scheduler/scheduler_config.json", "sensorium.lock.json", "text_encoder/config.json", "text_encoder/model.onnx",
            "tokenizer/merges.txt", "tokenizer/vocab.json", "unet/config.json", "unet/model.onnx", "unet/weights.pb",
            "vae_decoder/model.onnx", "vae_decoder/model.onnx.data", "vae_encoder/model.onnx",
        ];
        Assert.Equal(expected, FilesOf(Mini));
    }

    [Fact]
    public async Task A_variant_of_a_model_that_makes_pictures_has_to_be_that_of_its_denoiser()
    {
        HoldPictureModel();

        Assert.Equal((0, ""), await ResultOfAsync("people/mini", "--variant", "fp16"));
        Assert.Equal(
            ["text_encoder/model_fp16.onnx", "unet/model_fp16.onnx", "unet/model_fp16.onnx_data", "vae_decoder/model.onnx", "vae_decoder/model.onnx.data", "vae_encoder/model.onnx"],
            FilesOf(Mini).Where(path => path.Contains("model.onnx", StringComparison.Ordinal) || path.Contains("fp16", StringComparison.Ordinal)));

        var (exitCode, error) = await ResultOfAsync("people/mini", "--variant", "q4", "--as", "small");
        Assert.Equal(1, exitCode);
        Assert.Contains("'unet' in variant 'q4'; variants that are there: fp32, fp16", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_makes_pictures_and_was_not_exported_says_which_part_is_missing()
    {
        Hold("model_index.json", "text_encoder/model.onnx", "unet/diffusion_pytorch_model.safetensors");

        var (exitCode, error) = await ResultOfAsync("people/mini");

        Assert.Equal(1, exitCode);
        Assert.Contains("unet/model.onnx", error, StringComparison.Ordinal);
    }

    private void HoldPictureModel() => Hold(
        "README.md", "model_index.json", "model.safetensors", "scheduler/scheduler_config.json", "tokenizer/vocab.json", "tokenizer/merges.txt",
        "feature_extractor/preprocessor_config.json", "safety_checker/model.onnx", "text_encoder/config.json", "text_encoder/model.onnx",
        "text_encoder/model_fp16.onnx", "text_encoder/pytorch_model.bin", "unet/config.json", "unet/model.onnx", "unet/weights.pb", "unet/model_fp16.onnx",
        "unet/model_fp16.onnx_data", "unet/diffusion_pytorch_model.safetensors", "vae_decoder/model.onnx", "vae_decoder/model.onnx.data", "vae_encoder/model.onnx");

    private void Hold(params string[] paths)
    {
        _hub.Files.Clear();
        foreach (var path in paths)
        {
            _hub.Files[path] = RandomNumberGenerator.GetBytes(100);
        }
    }

    private async Task<(int ExitCode, string Error)> ResultOfAsync(string source, params string[] options)
    {
        var (exitCode, _, error) = await PullAsync(source, options);
        return (exitCode, error);
    }

    private static IEnumerable<string> FilesOf(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path)).Order(StringComparer.Ordinal);

    private async Task<(int ExitCode, string Output, string Error)> PullAsync(string source, params string[] options)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var console = new CliConsole(output, error, interactive: false);
        var exitCode = await Sensorium.Cli.Cli.RunAsync(
            ["models", "pull", source, "--to", _models, "--mirror", _hub.Address, .. options], console, TestContext.Current.CancellationToken);
        return (exitCode, output.ToString(), error.ToString());
    }
}
