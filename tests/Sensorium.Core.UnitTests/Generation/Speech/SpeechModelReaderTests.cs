using Sensorium.Core.Generation.Speech;
using Sensorium.Core.Media;
using Sensorium.Core.Models;
using Sensorium.Core.Packs;
using Xunit;

namespace Sensorium.Core.UnitTests.Generation.Speech;

public sealed class SpeechModelReaderTests : IDisposable
{
    private const string Config = """{"model_type":"speech","decoder_start_token_id":1,"eos_token_id":2}""";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("sensorium-speech-");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void Languages_and_tasks_have_tokens()
    {
        var model = Read(beginsWithLanguage: true, """{"lang_to_id":{"<|en|>":5,"<|de|>":6},"task_to_id":{"translate":7},"no_timestamps_token_id":8}""");

        Assert.Equal(new Dictionary<string, int> { ["en"] = 5, ["de"] = 6 }, model.Languages);
        Assert.Equal((7, 8), (model.Tasks["translate"], model.NoTimestampsId));
    }

    [Theory]
    [InlineData(null, "generation_config.json is not there")]
    [InlineData("{}", "generation_config.json has no 'lang_to_id'")]
    [InlineData("""{"is_multilingual":true,"lang_to_id":{}}""", "generation_config.json has no 'lang_to_id'")]
    public void A_model_of_many_languages_whose_tokens_nothing_names_is_refused(string? generation, string reason) =>
        Assert.Contains(reason, Assert.Throws<ModelPackException>(() => Read(beginsWithLanguage: true, generation)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(true, """{"is_multilingual":false}""")]
    [InlineData(false, null)]
    public void A_model_of_one_language_needs_none(bool beginsWithLanguage, string? generation) =>
        Assert.False(Read(beginsWithLanguage, generation).IsMultilingual);

    private SpeechModel Read(bool beginsWithLanguage, string? generation)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root.FullName, "model", "onnx")).Parent!.FullName;
        File.WriteAllText(Path.Combine(folder, "config.json"), Config);
        if (generation is not null)
        {
            File.WriteAllText(Path.Combine(folder, "generation_config.json"), generation);
        }

        var model = Assert.Single(ModelCatalog.OfFolder(_root.FullName, new ModelsOptions(), [new Speech(beginsWithLanguage)]).Models);
        return SpeechModelReader.Read(model.Pack!);
    }

    private sealed class Speech(bool beginsWithLanguage) : IModelFamily
    {
        public string Name => "speech";

        public IEnumerable<ExportedPart> PartsOf(ModelExport model) => [];

        public ExportedDecoder DecoderOf(ModelExport model) =>
            new(ModelTask.Transcribe, Modality.Audio, null, "decoder_model_merged", 32) { BeginsWithLanguage = beginsWithLanguage };
    }
}
