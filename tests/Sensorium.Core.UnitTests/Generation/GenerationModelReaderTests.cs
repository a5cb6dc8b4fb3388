using Sensorium.Core.Generation;
using Sensorium.Core.Media;
using Sensorium.Core.Models;
using Sensorium.Core.Packs;
using Xunit;

namespace Sensorium.Core.UnitTests.Generation;

public sealed class GenerationModelReaderTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("sensorium-export-");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void The_generation_file_goes_before_the_decoder_section_and_that_before_the_rest()
    {
        var defaults = Read(
            """{"model_type":"captions","max_length":16,"num_beams":4,"decoder":{"num_beams":3,"length_penalty":0.5,"eos_token_id":9,"min_length":null}}""",
            """{"decoder_start_token_id":7,"eos_token_id":[2,5],"num_beams":2,"no_repeat_ngram_size":3}""");

        Assert.Equal((7, 16, 2, 0.5f, 3), (defaults.StartTokenId, defaults.MaxLength, defaults.NumBeams, defaults.LengthPenalty, defaults.NoRepeatNgramSize));
        Assert.Equal([2, 5], defaults.EndTokenIds);
    }

    [Fact]
    public void Suppressed_forced_and_forbidden_tokens_are_read()
    {
        var defaults = Read(
            """{"model_type":"captions"}""",
            """
            {"bos_token_id":1,"eos_token_id":2,"suppress_tokens":[3],"begin_suppress_tokens":[4,5],"bad_words_ids":[[6],[7,8]],"forced_bos_token_id":9,
             "forced_eos_token_id":2,"forced_decoder_ids":[[2,10],[3,null]],"min_length":5,"min_new_tokens":2,"repetition_penalty":1.5}
            """);

        Assert.Equal((1, 5, 2, 1.5f), (defaults.StartTokenId, defaults.MinLength, defaults.MinNewTokens, defaults.RepetitionPenalty));
        Assert.Equal([3], defaults.SuppressedTokenIds);
        Assert.Equal([4, 5], defaults.SuppressedAtStart);
        Assert.Equal([[6], [7, 8]], defaults.ForbiddenWords);
        Assert.Equal([2], defaults.ForcedEndIds);
        Assert.Equal(new Dictionary<int, int> { [1] = 9, [2] = 10 }, defaults.ForcedTokens);
        Assert.True(defaults.PenalisesPrompt);
    }

    [Fact]
    public void Without_a_generation_file_an_output_has_at_most_20_tokens() =>
        Assert.Equal(20, Read("""{"model_type":"captions","decoder_start_token_id":1,"eos_token_id":2}""", null).MaxLength);

    [Theory]
    [InlineData("""{"model_type":"captions","eos_token_id":2}""", "decoder_start_token_id")]
    [InlineData("""{"model_type":"captions","bos_token_id":2}""", "eos_token_id")]
    [InlineData("""{"model_type":"captions","bos_token_id":"x","eos_token_id":2}""", "bos_token_id")]
    public void What_is_missing_or_cannot_be_read_is_named(string config, string field) =>
        Assert.Contains(field, Assert.Throws<ModelPackException>(() => Read(config, null)).Message, StringComparison.Ordinal);

    private GenerationDefaults Read(string config, string? generation)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root.FullName, "model", "onnx")).Parent!.FullName;
        File.WriteAllText(Path.Combine(folder, "config.json"), config);
        if (generation is not null)
        {
            File.WriteAllText(Path.Combine(folder, "generation_config.json"), generation);
        }

        var model = Assert.Single(ModelCatalog.OfFolder(_root.FullName, new ModelsOptions(), [new Captions()]).Models);
        return GenerationModelReader.Read(model.Pack!).Defaults;
    }

    private sealed class Captions : IModelFamily
    {
        public string Name => "captions";

        public IEnumerable<ExportedPart> PartsOf(ModelExport model) => [];

        public ExportedDecoder DecoderOf(ModelExport model) => new(ModelTask.Generate, Modality.Image, null, "decoder_model_merged", 32);
    }
}
