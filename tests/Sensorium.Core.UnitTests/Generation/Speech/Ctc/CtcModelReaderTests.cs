using Sensorium.Core.Generation.Speech.Ctc;
using Sensorium.Core.Media;
using Sensorium.Core.Models;
using Sensorium.Core.Packs;
using Xunit;

namespace Sensorium.Core.UnitTests.Generation.Speech.Ctc;

public sealed class CtcModelReaderTests : IDisposable
{
    private const string Tokenizer = """
        {"added_tokens":[{"id":0,"content":"[PAD]","special":true},{"id":1,"content":"[UNK]","special":true}],
         "decoder":{"type":"CTC","pad_token":"[PAD]","word_delimiter_token":"/"},"model":{"vocab":{"[PAD]":0,"[UNK]":1,"/":2,"A":3}}}
        """;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("sensorium-ctc-");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void Characters_come_from_the_tokenizer_and_what_is_special_is_no_text()
    {
        var model = Read(new() { ["tokenizer.json"] = Tokenizer });

        Assert.Equal(["", "", "", "A"], model.Characters);
        Assert.Equal((0, 2, TimeSpan.FromMilliseconds(20)), (model.BlankId, model.DelimiterId, model.FrameTime));
    }

    [Fact]
    public void Without_a_tokenizer_they_come_from_the_vocabulary()
    {
        var model = Read(new()
        {
            ["vocab.json"] = """{"<pad>":3,"<s>":1,"|":0,"A":2}""",
            ["tokenizer_config.json"] = """{"bos_token":"<s>","do_lower_case":true,"pad_token":{"content":"<pad>"}}""",
            ["config.json"] = """{"conv_stride":[5,2,2]}""",
            ["preprocessor_config.json"] = """{"sampling_rate":8000}""",
        });

        Assert.Equal(["", "", "a", ""], model.Characters);
        Assert.Equal((3, 0, TimeSpan.FromMilliseconds(2.5)), (model.BlankId, model.DelimiterId, model.FrameTime));
    }

    [Fact]
    public void Of_several_languages_the_one_of_the_configuration_is_taken()
    {
        var model = Read(new()
        {
            ["vocab.json"] = """{"eng":{"<pad>":0,"e":1},"deu":{"<pad>":0,"ü":1}}""",
            ["tokenizer_config.json"] = """{"target_lang":"deu"}""",
        });

        Assert.Equal(["", "ü"], model.Characters);
        Assert.Null(model.DelimiterId);
    }

    [Theory]
    [InlineData("config.json", "{}", "vocab.json")]
    [InlineData("vocab.json", """{"A":0}""", "<pad>")]
    [InlineData("vocab.json", """{"eng":{"A":0}}""", "cannot be read")]
    [InlineData("vocab.json", "[", "cannot be read")]
    public void What_is_missing_or_cannot_be_read_is_named(string file, string content, string named) =>
        Assert.Contains(named, Assert.Throws<ModelPackException>(() => Read(new() { [file] = content })).Message, StringComparison.Ordinal);

    private CtcModel Read(Dictionary<string, string> files)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root.FullName, "model", "onnx")).Parent!.FullName;
        File.WriteAllText(Path.Combine(folder, "config.json"), "{}");
        foreach (var (name, content) in files)
        {
            File.WriteAllText(Path.Combine(folder, name), content);
        }

        var model = Assert.Single(ModelCatalog.OfFolder(_root.FullName, new ModelsOptions(), [new Characters()]).Models);
        return CtcModelReader.Read(model.Pack!.Decoder!);
    }

    private sealed class Characters : IModelFamily
    {
        public string Name => "characters";

        public IEnumerable<ExportedPart> PartsOf(ModelExport model) => [];

        public ExportedDecoder DecoderOf(ModelExport model) => new(ModelTask.Transcribe, Modality.Audio, null, "model", 0) { Kind = DecoderKind.Ctc };
    }
}
