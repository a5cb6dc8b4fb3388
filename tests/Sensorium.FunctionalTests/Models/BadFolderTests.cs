using Sensorium.FunctionalTests.Infrastructure;
using Xunit;

namespace Sensorium.FunctionalTests.Models;

/// <summary>A check of each folder that is damaged in one way says what is wrong with it, while the others serve.</summary>
public sealed class BadFolderTests(BadFolders deployment) : DeploymentTests(deployment), IClassFixture<BadFolders>
{
    [Theory]
    [InlineData("cut-off", "ONNX Runtime refuses the graph")]
    [InlineData("no-graph", "no family knows model_type 'clip'")]
    [InlineData("other-tensors", "'text_embeds'")]
    [InlineData("unknown-tokenizer", "Sentences")]
    [InlineData("no-tokenizer", "'tokenizer.json' is needed but not there")]
    [InlineData("unknown-type", "'paintings'")]
    [InlineData("changed-pack", "SHA-256")]
    public async Task A_check_says_what_is_wrong(string id, string inReason)
    {
        var check = await new V1.ModelService.ModelServiceClient(Sensorium.Channel).CheckAsync(new V1.ModelServiceCheckRequest { Id = id });

        var reasons = check.Checks.Select(part => part.Part).Where(part => part.State == V1.ModelState.Failed).Select(part => part.Reason).Append(check.Model.Reason);
        Assert.Contains(reasons, reason => reason.Contains(inReason, StringComparison.Ordinal));
        await AssertStillServingAsync();
    }

    [Fact]
    public async Task A_check_of_a_good_folder_finds_nothing_wrong_and_says_what_it_is()
    {
        var check = await new V1.ModelService.ModelServiceClient(Sensorium.Channel).CheckAsync(new V1.ModelServiceCheckRequest { Id = "good" });

        Assert.Equal(("clip", ""), (check.Model.Family, check.Model.Reason));
        Assert.All(check.Checks, part => Assert.Equal((V1.ModelState.Loaded, ""), (part.Part.State, part.Part.Reason)));
        Assert.All(check.Checks, part => Assert.True(part.ReadyAfter.ToTimeSpan() > TimeSpan.Zero));
        Assert.Equal(["text", "video", "vision"], check.Checks.Select(part => part.Part.Service).Order());
    }
}

/// <summary>Copies of the bundled CLIP export, each damaged in one way, beside one that is good.</summary>
public sealed class BadFolders : ModelsInOneProcess
{
    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Sensorium:Models:Folder"] = Folders.Root,
        ["Sensorium:Models:Default"] = "good",
    };

    protected override void Fill()
    {
        Folders.AddPart("clip", "good");
        Damage("cut-off", folder => Cut(Path.Combine(folder, "onnx", "text_model.onnx")));
        Damage("no-graph", folder => Directory.EnumerateFiles(Path.Combine(folder, "onnx")).ToList().ForEach(File.Delete));
        Damage("other-tensors", folder => File.Copy(Path.Combine(folder, "onnx", "vision_model.onnx"), Path.Combine(folder, "onnx", "text_model.onnx"), overwrite: true));
        Damage("unknown-tokenizer", folder => Rewrite(Path.Combine(folder, "tokenizer.json"), "\"type\":\"BPE\"", "\"type\":\"Sentences\""));
        Damage("no-tokenizer", folder => File.Delete(Path.Combine(folder, "tokenizer.json")));
        Damage("unknown-type", folder => Rewrite(Path.Combine(folder, "config.json"), "\"clip\"", "\"paintings\""));
        Folders.AddPack("changed-pack", ["text"], withDecoder: false);
        Cut(Path.Combine(Folders.Root, "changed-pack", "clip", "onnx", "text_model.onnx"));
    }

    private static void Cut(string path)
    {
        using var file = File.OpenWrite(path);
        file.SetLength(file.Length / 2);
    }

    private static void Rewrite(string path, string old, string now)
    {
        var text = File.ReadAllText(path).Replace("\"type\": ", "\"type\":", StringComparison.Ordinal);
        Assert.Contains(old, text);
        File.WriteAllText(path, text.Replace(old, now, StringComparison.Ordinal));
    }

    private void Damage(string id, Action<string> damage)
    {
        Folders.AddPart("clip", id);
        damage(Path.Combine(Folders.Root, id));
    }
}
