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
    [InlineData("other-type", "tensor input_ids Int32 [?, ?] is of a type")]
    [InlineData("no-weights", "model.onnx_data")]
    [InlineData("cut-off-weights", "model.onnx_data', which has ")]
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
        DeclareAsInt32(Path.Combine(Folders.AddTinyModel("tiny-bert", "other-type"), "onnx", "model.onnx"), "input_ids");
        File.Delete(Path.Combine(Folders.AddTinyModel("tiny-bert-external", "no-weights"), "onnx", "model.onnx_data"));
        Cut(Path.Combine(Folders.AddTinyModel("tiny-bert-external", "cut-off-weights"), "onnx", "model.onnx_data"));
    }

    // In a graph, an input's name is followed by the heads of its type and of its tensor type, and then by the number type.
    private static void DeclareAsInt32(string path, string input)
    {
        const byte int64 = 7;
        const byte int32 = 6;
        var graph = File.ReadAllBytes(path);
        byte[] name = [0x0A, (byte)input.Length, .. System.Text.Encoding.ASCII.GetBytes(input), 0x12];
        var type = Enumerable.Range(0, graph.Length - name.Length - 5)
            .Where(at => graph.AsSpan(at).StartsWith(name))
            .Select(at => at + name.Length)
            .Single(at => graph[at + 1] == 0x0A && graph[at + 3] == 0x08 && graph[at + 4] == int64) + 4;
        graph[type] = int32;
        File.WriteAllBytes(path, graph);
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
