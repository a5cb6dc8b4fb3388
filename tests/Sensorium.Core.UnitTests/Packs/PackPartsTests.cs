using System.Text.Json.Nodes;
using Sensorium.Core.Media;
using Sensorium.Core.Models;
using Sensorium.Core.Packs;
using Xunit;

namespace Sensorium.Core.UnitTests.Packs;

public sealed class PackPartsTests : IDisposable
{
    private readonly PackFolder _folder = new();

    public PackPartsTests() => _folder.UseParts();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Parts_are_read_as_the_fields_of_format_1()
    {
        var pack = ModelPack.Load(_folder.Finish());

        Assert.Equal([Modality.Text, Modality.Image, Modality.Video], pack.Encoders.Keys);
        var text = pack.Encoders[Modality.Text];
        Assert.Equal(("text_model", "text_embeds", 64, Pooling.First, null), (text.Graph, text.EmbeddingOutput, text.MaxTokens, text.Pooling, text.Family));
        Assert.Equal("encoder_model", pack.Encoders[Modality.Video].FrameEncoder!.Graph);
        Assert.Equal((null, "decoder_model_serving", "decoder_cross_kv", 8), (pack.Decoder!.Family, pack.Decoder.StepGraph, pack.Decoder.CrossKvGraph, pack.Decoder.Capacity));
    }

    [Fact]
    public void A_growing_decoder_says_its_task_and_needs_no_sizes()
    {
        var decoder = Part(3);
        decoder["family"] = "whisper";
        decoder["graphs"] = JsonNode.Parse("""{ "step": "decoder_model_serving" }""");
        decoder["options"] = JsonNode.Parse("""{ "task": "transcribe", "capacity": 448 }""");

        var part = ModelPack.Load(_folder.Finish()).Decoder!;

        Assert.Equal(("whisper", ModelTask.Transcribe, 448, null), (part.Family, part.Task, part.Capacity, part.CrossKvGraph));
    }

    [Theory]
    [InlineData("kind", "smell", "'parts[0].kind' is 'smell'; kinds are 'text', 'vision', 'audio', 'video', 'generation'")]
    [InlineData("kind", "vision", "'parts[1].kind' is 'vision', as that of a part before it")]
    [InlineData("folder", "nowhere", "'parts[0].model' is 'text_model', but 'files' lists no 'nowhere/onnx/text_model.onnx'")]
    public void What_is_wrong_is_named_by_its_place(string field, string value, string problem)
    {
        Part(0)[field] = value;

        Assert.Contains(Problems(), found => found.StartsWith(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Graphs_and_options_of_another_kind_are_named()
    {
        Part(0)["graphs"] = JsonNode.Parse("""{ "step": "text_model" }""");
        Part(1)["options"] = JsonNode.Parse("""{ "heads": 4 }""");

        Assert.Contains(Problems(), found => found.StartsWith("'parts[0].graphs' has 'step'", StringComparison.Ordinal));
        Assert.Contains(Problems(), found => found.StartsWith("'parts[1].options' cannot be read", StringComparison.Ordinal) && found.Contains("heads", StringComparison.Ordinal));
    }

    private JsonObject Part(int place) => _folder.Manifest["parts"]![place]!.AsObject();

    private IReadOnlyList<string> Problems() => Assert.Throws<ModelPackException>(() => ModelPack.Load(_folder.Finish())).Problems;
}
