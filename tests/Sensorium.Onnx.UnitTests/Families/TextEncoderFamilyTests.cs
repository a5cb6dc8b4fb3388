using Sensorium.Core.Models;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Families;
using Xunit;

namespace Sensorium.Onnx.UnitTests.Families;

/// <summary>What the files of a folder say of a text encoder.</summary>
public sealed class TextEncoderFamilyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sensorium-text-").FullName;

    public TextEncoderFamilyTests() => Write("onnx/model.onnx", "");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("bert", "max_position_embeddings", 512, 512)]
    [InlineData("distilbert", "max_position_embeddings", 512, 512)]
    [InlineData("roberta", "max_position_embeddings", 514, 512)]
    [InlineData("xlm-roberta", "max_position_embeddings", 8194, 8192)]
    [InlineData("mpnet", "max_position_embeddings", 514, 512)]
    [InlineData("nomic_bert", "n_positions", 8192, 8192)]
    public void A_text_has_as_many_tokens_as_the_kind_has_positions(string type, string name, int positions, int expected) =>
        Assert.Equal(expected, Part($$"""{ "model_type": "{{type}}", "dim": 4, "{{name}}": {{positions}} }""").MaxTokens);

    [Fact]
    public void A_shorter_limit_of_sentence_transformers_is_kept()
    {
        Write("sentence_bert_config.json", """{ "max_seq_length": 256 }""");

        Assert.Equal(256, Part("""{ "model_type": "bert", "hidden_size": 4, "max_position_embeddings": 512 }""").MaxTokens);
    }

    [Theory]
    [InlineData("pooling_mode_cls_token", Pooling.First)]
    [InlineData("pooling_mode_mean_tokens", Pooling.Mean)]
    [InlineData("pooling_mode_max_tokens", Pooling.Max)]
    [InlineData("pooling_mode_lasttoken", Pooling.Last)]
    public void Tokens_are_pooled_as_the_module_says_wherever_it_lies(string mode, Pooling expected)
    {
        Write("modules.json", """[{ "path": "", "type": "sentence_transformers.models.Transformer" }, { "path": "9_Pool", "type": "sentence_transformers.models.Pooling" }]""");
        Write("9_Pool/config.json", $$"""{ "word_embedding_dimension": 4, "{{mode}}": true, "pooling_mode_weightedmean_tokens": false }""");

        Assert.Equal(expected, Embedder().Pooling);
    }

    [Fact]
    public void Without_modules_tokens_are_averaged_and_there_are_no_prompts()
    {
        var part = Embedder();

        Assert.Equal((Pooling.Mean, false, 0), (part.Pooling, part.ReadsPairs, part.Prompts.Count));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("""[{ "path": "", "type": "sentence_transformers.models.Transformer" }]""", true)]
    [InlineData("""[{ "path": "", "type": "sentence_transformers.models.Transformer" }, { "path": "2_Normalize", "type": "sentence_transformers.models.Normalize" }]""", false)]
    public void Vectors_keep_their_length_where_the_modules_do_not_normalize(string modules, bool keepsLength)
    {
        if (modules.Length > 0)
        {
            Write("modules.json", modules);
        }

        Assert.Equal(keepsLength, Embedder().KeepsLength);
    }

    [Fact]
    public void A_pooling_that_is_not_known_is_named()
    {
        Write("1_Pooling/config.json", """{ "pooling_mode_weightedmean_tokens": true }""");

        Assert.Contains("pooling_mode_weightedmean_tokens", Assert.Throws<ModelPackException>(Embedder).Message);
    }

    [Fact]
    public void Prompts_have_the_names_that_the_file_gives_them()
    {
        Write("config_sentence_transformers.json", """{ "prompts": { "query": "q: ", "document": "" }, "default_prompt_name": null }""");

        Assert.Equal(new Dictionary<string, string> { ["query"] = "q: ", ["document"] = "" }, Embedder().Prompts);
    }

    [Theory]
    [InlineData("BertModel", false)]
    [InlineData("BertForSequenceClassification", true)]
    public void What_scores_reads_pairs(string architecture, bool readsPairs) => Assert.Equal(
        readsPairs, Part($$"""{ "model_type": "bert", "max_position_embeddings": 512, "architectures": ["{{architecture}}"] }""").ReadsPairs);

    [Fact]
    public void Other_kinds_are_left_to_other_families()
    {
        Write("config.json", """{ "model_type": "gpt2", "n_positions": 8 }""");

        Assert.Empty(new TextEncoderFamily().PartsOf(ModelExport.Read(_folder)));
    }

    private ExportedPart Embedder() => Part("""{ "model_type": "bert", "hidden_size": 4, "max_position_embeddings": 512, "architectures": ["BertModel"] }""");

    private ExportedPart Part(string config)
    {
        Write("config.json", config);
        return Assert.Single(new TextEncoderFamily().PartsOf(ModelExport.Read(_folder)));
    }

    private void Write(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }
}
