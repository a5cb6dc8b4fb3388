using Sensorium.Core.Packs;
using Xunit;
using Utf8 = System.Text.Encoding;

namespace Sensorium.Tokenization.UnitTests;

public sealed class ByteLevelTests : IDisposable
{
    private const string Json = """
        {
          "added_tokens": [
            { "id": 0, "content": "<pad>", "special": true }, { "id": 1, "content": "<bos>", "special": true },
            { "id": 2, "content": "<eos>", "special": true }, { "id": 12, "content": "<né>", "special": false }
          ],
          "normalizer": null,
          "pre_tokenizer": { "type": "ByteLevel", "add_prefix_space": false, "use_regex": true },
          "model": {
            "type": "BPE", "merges": ["a b", "Ã ©"],
            "vocab": { "<pad>": 0, "<bos>": 1, "<eos>": 2, "a": 3, "b": 4, "ab": 5, "Ã": 6, "©": 7, "Ã©": 8, "Ġ": 9, "<": 10, ">": 11,
              "o": 13, "s": 14, "e": 15 }
          }
        }
        """;

    private const string Config = """{ "bos_token": "<bos>", "eos_token": { "content": "<eos>" } }""";

    private readonly TokenizerFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Special_tokens_come_from_the_configuration()
    {
        var tokenizer = Load(Json);

        Assert.Equal((1, 2), (tokenizer.BosTokenId, tokenizer.EosTokenId));
        Assert.Equal(16, tokenizer.VocabularySize);
    }

    [Fact]
    public void A_token_may_hold_part_of_a_character()
    {
        var tokenizer = Load(Json);

        Assert.Equal([0xC3], tokenizer.TokenBytes(6).ToArray());
        Assert.Equal("é", Utf8.UTF8.GetString(tokenizer.TokenBytes(8).Span));
        Assert.Equal(" ", Utf8.UTF8.GetString(tokenizer.TokenBytes(9).Span));
    }

    [Fact]
    public void Special_tokens_have_no_bytes_and_added_ones_their_content()
    {
        var tokenizer = Load(Json);

        Assert.True(tokenizer.TokenBytes(2).IsEmpty);
        Assert.Equal("<né>", Utf8.UTF8.GetString(tokenizer.TokenBytes(12).Span));
    }

    [Fact]
    public void A_special_token_that_is_written_out_is_text()
    {
        Assert.Equal([10, 15, 13, 14, 11], Load(Json).Encode("<eos>"));
        Assert.Equal([5, 8], Load(Json).Encode("abé"));
    }

    private Tokenizer Load(string json) => _folder.Load(json, Config);
}
