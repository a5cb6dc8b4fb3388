using System.Text.Json.Nodes;
using Sensorium.Core.Media;
using Sensorium.Core.Packs;
using Xunit;

namespace Sensorium.Core.UnitTests.Packs;

public sealed class ModelPackTests : IDisposable
{
    private readonly PackFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_valid_pack_is_exposed_by_modality()
    {
        var pack = ModelPack.Load(_folder.Finish());

        Assert.Equal("test", pack.Id);
        Assert.Equal([Modality.Text, Modality.Image, Modality.Video], pack.Encoders.Keys.Order());
        Assert.Equal(64, pack.Encoders[Modality.Text].MaxTokens);
        Assert.Equal(Modality.Image, pack.Encoders[Modality.Video].FrameEncoder!.Modality);
        Assert.Equal([Modality.Image, Modality.Text], pack.Fusions[1]);
        Assert.Equal(8, pack.Decoder!.Capacity);
        Assert.Equal(2, pack.MaxSegments[Modality.Image]);
        Assert.Null(pack.NumBeams);
    }

    [Fact]
    public void Variants_are_resolved_to_files_and_a_missing_one_lists_the_others()
    {
        var text = ModelPack.Load(_folder.Finish()).Encoders[Modality.Text];

        Assert.EndsWith("clip/onnx/text_model.onnx", text.GetModel("fp32").Path);
        Assert.EndsWith("clip/onnx/text_model_fp16.onnx", text.GetModel("fp16").Path);
        Assert.NotEqual(text.GetRevision("fp32"), text.GetRevision("fp16"));
        var error = Assert.Throws<ModelPackException>(() => text.GetModel("int8"));
        Assert.Contains("fp32, fp16", error.Message);
    }

    [Fact]
    public void A_light_variant_that_nobody_knows_is_refused()
    {
        _folder.Manifest["light_variant"] = "int7";

        Assert.Contains("'light_variant' is 'int7', but must be one of fp32, fp16, int8", Assert.Throws<ModelPackException>(() => ModelPack.Load(_folder.Finish())).Message);
    }

    [Fact]
    public void A_variant_that_comes_later_is_there_once_it_is_listed()
    {
        var folder = _folder.Finish();
        var file = Path.Combine(folder, "clip/onnx/text_model_int8.onnx");
        File.WriteAllText(file, "eight bits");

        PackListing.Add(folder, [file, Path.Combine(folder, "../elsewhere.onnx")]);

        Assert.Equal(["fp32", "fp16", "int8"], ModelPack.Load(folder).Encoders[Modality.Text].VariantsOf("text_model"));
        Assert.Contains("\"something_new\"", File.ReadAllText(Path.Combine(folder, "pack.json")));
    }

    [Fact]
    public void A_revision_changes_with_the_weights_that_a_part_uses_and_with_no_others()
    {
        var before = ModelPack.Load(_folder.Finish());
        _folder.Write("captioner/onnx/decoder.onnx_data", "better decoder weights");
        var decoderTrained = ModelPack.Load(_folder.Finish());
        _folder.Write("captioner/onnx/encoder_model.onnx", "better picture weights");
        var picturesTrained = ModelPack.Load(_folder.Finish());

        Assert.NotEqual(before.Decoder!.GetRevision(_ => "fp32"), decoderTrained.Decoder!.GetRevision(_ => "fp32"));
        Assert.Equal(Revision(before, Modality.Image), Revision(decoderTrained, Modality.Image));
        Assert.NotEqual(Revision(before, Modality.Image), Revision(picturesTrained, Modality.Image));
        Assert.NotEqual(Revision(before, Modality.Video), Revision(picturesTrained, Modality.Video));
        Assert.Equal(Revision(before, Modality.Text), Revision(picturesTrained, Modality.Text));
    }

    [Fact]
    public void A_file_that_differs_from_its_digest_is_named()
    {
        File.WriteAllText(Path.Combine(_folder.Finish(), "clip/onnx/text_model.onnx"), "other weights");

        var error = Assert.Throws<ModelPackException>(() => ModelPack.Load(_folder.Path));

        var problem = Assert.Single(error.Problems);
        Assert.Contains("clip/onnx/text_model.onnx", problem);
    }

    [Fact]
    public void All_problems_are_reported_together()
    {
        _folder.Manifest["format"] = 7;
        _folder.Manifest["space_id"] = "";
        _folder.Manifest["encoders"]!["smell"] = new JsonObject { ["folder"] = "nose", ["model"] = "model" };
        _folder.Manifest["encoders"]!["video"]!["frame_encoder"] = "video";
        _folder.Manifest["decoder"]!["layers"] = 0;
        _folder.Manifest["fusions"]!.AsArray().Add(new JsonArray("taste"));
        File.Delete(Path.Combine(_folder.Finish(), "captioner/config.json"));

        var error = Assert.Throws<ModelPackException>(() => ModelPack.Load(_folder.Path));

        foreach (var expected in new[]
        {
            "'format' is 7", "'space_id' is missing", "'smell'", "'nose/onnx/model.onnx'", "frame_encoder", "'decoder.layers' is 0",
            "'taste'", "'captioner/config.json' is listed but missing",
        })
        {
            Assert.Contains(error.Problems, problem => problem.Contains(expected, StringComparison.Ordinal));
        }

        Assert.Equal(8, error.Problems.Count);
    }

    [Theory]
    [InlineData("../outside.onnx")]
    [InlineData("/etc/hostname")]
    [InlineData("clip/../../outside")]
    public void A_path_out_of_the_pack_is_refused(string path)
    {
        _folder.Finish();
        _folder.Manifest["files"]![path] = new string('0', 64);
        _folder.SaveManifest();

        var error = Assert.Throws<ModelPackException>(() => ModelPack.Load(_folder.Path));

        Assert.Contains($"'{path}' in 'files' leads out of the pack", Assert.Single(error.Problems));
    }

    [Fact]
    public void A_folder_without_manifest_and_a_broken_manifest_are_named()
    {
        var missing = Assert.Throws<ModelPackException>(() => ModelPack.Load(_folder.Path));
        File.WriteAllText(Path.Combine(_folder.Path, "pack.json"), """{"format": "one"}""");
        var broken = Assert.Throws<ModelPackException>(() => ModelPack.Load(_folder.Path));

        Assert.Contains("there is no pack.json", missing.Message);
        Assert.Contains("'$.format'", broken.Message);
    }

    [Fact]
    public void Files_that_are_not_listed_do_not_exist()
    {
        var part = ModelPack.Load(_folder.Finish()).Encoders[Modality.Image];
        File.WriteAllText(Path.Combine(part.Folder, "preprocessor_config.json"), "{}");

        Assert.True(File.Exists(part.GetFile("config.json")));
        Assert.Null(part.FindFile("preprocessor_config.json"));
        Assert.Throws<ModelPackException>(() => part.GetFile("preprocessor_config.json"));
    }

    private static string Revision(ModelPack pack, Modality modality) => pack.Encoders[modality].GetRevision("fp32");
}
