using Sensorium.Core.Packs;
using Xunit;

namespace Sensorium.Tokenization.UnitTests;

/// <summary>Whatever is wrong with a file is said in a sentence that names the file and the place.</summary>
public sealed class FaultyFileTests : IDisposable
{
    private const string Json = """
        {
          "added_tokens": [{ "id": 0, "content": "<eos>", "special": true }],
          "normalizer": { "type": "NFC" }, "pre_tokenizer": { "type": "Whitespace" }, "post_processor": null, "decoder": { "type": "Fuse" },
          "model": { "type": "BPE", "dropout": null, "merges": ["a b"], "vocab": { "<eos>": 0, "a": 1, "b": 2, "ab": 3 } }
        }
        """;

    private readonly TokenizerFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("\"BPE\"", "\"Mamba\"", "model 'Mamba' (at model) is not supported")]
    [InlineData("\"NFC\"", "\"Klingon\"", "normalizer 'Klingon' (at normalizer) is not supported")]
    [InlineData("\"Whitespace\"", "\"Klingon\"", "pre_tokenizer 'Klingon' (at pre_tokenizer) is not supported")]
    [InlineData("\"Fuse\"", "\"Klingon\"", "decoder 'Klingon' (at decoder) is not supported")]
    [InlineData("\"post_processor\": null", "\"post_processor\": { \"type\": \"Klingon\" }", "post_processor 'Klingon' (at post_processor) is not supported")]
    [InlineData("{ \"type\": \"NFC\" }", "{ \"type\": \"Sequence\", \"normalizers\": [{ \"type\": \"X\" }] }", "normalizer 'X' (at normalizer.normalizers[0])")]
    [InlineData("{ \"type\": \"NFC\" }", "{}", "normalizer.type is missing")]
    [InlineData("{ \"type\": \"NFC\" }", "{ \"type\": \"Precompiled\", \"precompiled_charsmap\": \"AAAA\" }", "normalizer.precompiled_charsmap is not a character map")]
    [InlineData("{ \"type\": \"NFC\" }", "7", "normalizer must be an object")]
    [InlineData("{ \"type\": \"Whitespace\" }", "{ \"type\": \"Split\", \"pattern\": { \"Regex\": \"(\" } }", "pre_tokenizer.pattern.Regex '(' is not an expression")]
    [InlineData("{ \"type\": \"Whitespace\" }", "{ \"type\": \"Split\", \"pattern\": { \"Regex\": \"a\" }, \"behavior\": \"X\" }", "pre_tokenizer.behavior 'X' is not supported")]
    [InlineData("\"dropout\": null", "\"dropout\": 0.1", "model.dropout makes the tokens of a text a matter of chance")]
    [InlineData("\"a b\"", "\"a c\"", "model.merges[0] 'a c' needs a token that is not in the vocabulary")]
    [InlineData("\"a b\"", "\"a\"", "model.merges[0] must be a pair of tokens")]
    [InlineData("\"ab\": 3", "\"ab\": \"3\"", "model.vocab must be a whole number")]
    [InlineData("\"ab\": 3", "\"ab\": -3", "model.vocab gives 'ab' a negative id")]
    [InlineData("\"vocab\"", "\"words\"", "model.vocab is missing")]
    [InlineData("\"model\"", "\"brain\"", "model is missing")]
    [InlineData("\"id\": 0", "\"id\": \"0\"", "added_tokens[0].id must be a whole number")]
    [InlineData("\"BPE\"", "\"WordPiece\"", "the unknown token '[UNK]' of model is not in its vocabulary")]
    [InlineData("}", "", "tokenizer.json cannot be used: ")]
    public void The_fault_is_named(string text, string replacement, string expected)
    {
        var error = Assert.Throws<ModelPackException>(() => _folder.Load(Json.Replace(text, replacement, StringComparison.Ordinal)));

        Assert.Contains("tokenizer.json cannot be used", error.Message);
        Assert.Contains(expected, error.Message);
    }

    [Fact]
    public void A_special_token_that_is_not_in_the_vocabulary_is_named()
    {
        var error = Assert.Throws<ModelPackException>(() => _folder.Load(Json, """{ "eos_token": "</s>" }"""));

        Assert.Contains("tokenizer_config.json cannot be used: special token '</s>' is not in the vocabulary", error.Message);
    }

    [Fact]
    public void A_folder_without_the_file_is_named() =>
        Assert.Contains("there is no tokenizer.json", Assert.Throws<ModelPackException>(() => TokenizerLoader.LoadFolder("no such folder")).Message);

    [Theory]
    [InlineData("""{ "merges": ["a b"], "vocab": { "a": 1, "b": 2, "ab": 3, "<unk>": 4 } }""", new[] { 3 })]
    [InlineData("""{ "max_input_chars_per_word": 9, "unk_token": "<unk>", "vocab": { "a": 1, "##b": 2, "<unk>": 4 } }""", new[] { 1, 2 })]
    [InlineData("""{ "unk_token": "<unk>", "vocab": { "a": 1, "ab": 2, "<unk>": 4 } }""", new[] { 2 })]
    [InlineData("""{ "unk_id": 0, "vocab": [["<unk>", 0], ["a", -1], ["b", -1], ["ab", -1.5]] }""", new[] { 3 })]
    public void Older_files_name_no_kind_of_model(string model, int[] expected) =>
        Assert.Equal(expected, _folder.Load($$"""{ "model": {{model}} }""").Encode("ab"));
}
