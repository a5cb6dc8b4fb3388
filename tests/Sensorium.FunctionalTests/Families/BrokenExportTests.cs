using System.Text.Json.Nodes;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Models;
using Sensorium.Testing.Shared.Models;
using Xunit;

namespace Sensorium.FunctionalTests.Families;

/// <summary>An export that cannot be served is listed with its reason, and keeps no other from serving.</summary>
public sealed class BrokenExportTests(BrokenExports deployment) : DeploymentTests(deployment), IClassFixture<BrokenExports>
{
    [Theory]
    [InlineData("unknown-processor", "vision", "NobodysImageProcessor")]
    [InlineData("no-processor", "vision", "preprocessor_config.json")]
    [InlineData("cut-off", "vision", "model.onnx")]
    [InlineData("missing-label", "vision", "id2label")]
    [InlineData("other-tensors", "vision", "pixel_values")]
    [InlineData("cut-off-scale", "text", "reaches over the end")]
    [InlineData("unknown-type", "vision", "nobodys_model")]
    public async Task It_is_listed_with_its_reason(string model, string service, string reason)
    {
        var status = await Client.StatusAsync(new V1.StatusRequest());

        var unserved = status.Services.Single(one => one.Name == service).Unserved.Single(one => one.Id == model);
        Assert.Contains(reason, unserved.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Speech_whose_languages_nothing_names_fails_its_check()
    {
        var check = await new V1.ModelService.ModelServiceClient(Sensorium.Channel).CheckAsync(new V1.ModelServiceCheckRequest { Id = "no-languages" });

        var part = check.Checks.Select(one => one.Part).Single(one => one.State == V1.ModelState.Failed);
        Assert.Equal("transcription", part.Service);
        Assert.Contains("generation_config.json is not there", part.Reason, StringComparison.Ordinal);
    }

    // Of English alone there is no language to name, and the rest is in the other files.
    [Fact]
    public async Task A_model_of_english_needs_no_file_of_languages()
    {
        var sound = new V1.TranscribeRequest { Model = new V1.ModelSelector { Id = "english" }, Media = Data(TinyModels.Media("sound-16k-1s.wav")) };
        sound.Parameters = new V1.TranscriptionParameters { WithoutTimestamps = true };
        using var call = Client.Transcribe(sound);
        var segments = 0;
        while (await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
        {
            segments += call.ResponseStream.Current.Event.Segment is null ? 0 : 1;
        }

        Assert.True(segments > 0);
    }

    [Fact]
    public async Task The_others_serve()
    {
        var request = new V1.EmbedRequest { Options = new V1.EncodeOptions { Model = new V1.ModelSelector { Id = "good" } } };
        request.Items.Add(Data(TinyModels.Media("picture-32.png")));

        Assert.NotNull((await Client.EmbedAsync(request)).Results[0].Encoded);
    }
}

/// <summary>One tiny model that is whole, as the default, and others that are not.</summary>
public sealed class BrokenExports : ModelsInOneProcess
{
    private const string Vit = "tiny-vit";
    private const string Clip = "tiny-clip";
    private const string Whisper = "tiny-whisper";

    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Sensorium:Models:Folder"] = Folders.Root,
        ["Sensorium:Models:Default"] = "good",
    };

    protected override void Fill()
    {
        Folders.AddTinyModel(Clip, "good");
        Change(Folders.AddTinyModel(Vit, "unknown-processor"), "preprocessor_config.json", file => file["image_processor_type"] = "NobodysImageProcessor");
        Change(Folders.AddTinyModel(Vit, "missing-label"), "config.json", file => file["id2label"]!.AsObject().Remove("3"));
        Change(Folders.AddTinyModel(Vit, "unknown-type"), "config.json", file => file["model_type"] = "nobodys_model");
        File.Delete(Path.Combine(Folders.AddTinyModel(Vit, "no-processor"), "preprocessor_config.json"));
        File.Delete(Path.Combine(Folders.AddTinyModel(Whisper, "no-languages"), "generation_config.json"));
        var english = Folders.AddTinyModel(Whisper, "english");
        File.Delete(Path.Combine(english, "generation_config.json"));
        Change(english, "config.json", file => file["vocab_size"] = 51864);
        CutOff(Path.Combine(Folders.AddTinyModel(Vit, "cut-off"), "onnx", "model.onnx"));
        CutOff(Path.Combine(Folders.AddTinyModel(Clip, "cut-off-scale"), "onnx", "model.onnx"));
        var other = Folders.AddTinyModel(Vit, "other-tensors");
        File.Copy(Path.Combine(TinyModels.Models, Clip, "onnx", "text_model.onnx"), Path.Combine(other, "onnx", "model.onnx"), overwrite: true);
    }

    private static void CutOff(string path)
    {
        using var file = File.OpenWrite(path);
        file.SetLength(file.Length / 2);
    }

    private static void Change(string folder, string name, Action<JsonNode> change)
    {
        var path = Path.Combine(folder, name);
        var file = JsonNode.Parse(File.ReadAllText(path))!;
        change(file);
        File.WriteAllText(path, file.ToJsonString());
    }
}
