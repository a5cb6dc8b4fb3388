using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sensorium.Testing.Shared.Models;

/// <summary>Writes weights and a vocabulary as a folder of a BERT in the form of sentence-transformers.</summary>
internal static class PublishedFolder
{
    private const string ClassifierToken = "[CLS]";
    private const string Separator = "[SEP]";

    public static void Write(string folder, string assembly, string pooling, string queryPrompt)
    {
        Directory.CreateDirectory(Path.Combine(folder, "onnx"));
        using (var model = File.Create(Path.Combine(folder, "onnx", "model.onnx")))
        {
            AssemblyResource.CopyTo(assembly, ".model.onnx", model);
        }

        using var vocabulary = new MemoryStream();
        AssemblyResource.CopyTo(assembly, ".vocab.txt", vocabulary);
        var tokens = Encoding.UTF8.GetString(vocabulary.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(token => token.TrimEnd('\r')).ToArray();
        WriteJson(folder, "config.json", new
        {
            architectures = new[] { "BertModel" },
            model_type = "bert",
            hidden_size = 384,
            max_position_embeddings = 512,
            vocab_size = tokens.Length,
        });
        WriteJson(folder, "tokenizer.json", Tokenizer(tokens));
        WriteJson(folder, "1_Pooling/config.json", new Dictionary<string, object> { ["word_embedding_dimension"] = 384, [pooling] = true });
        WriteJson(folder, "modules.json", new[]
        {
            new { idx = 0, name = "0", path = "", type = "sentence_transformers.models.Transformer" },
            new { idx = 1, name = "1", path = "1_Pooling", type = "sentence_transformers.models.Pooling" },
            new { idx = 2, name = "2", path = "2_Normalize", type = "sentence_transformers.models.Normalize" },
        });
        if (queryPrompt.Length > 0)
        {
            WriteJson(folder, "config_sentence_transformers.json", new { prompts = new { query = queryPrompt } });
        }
    }

    private static JsonObject Tokenizer(string[] tokens)
    {
        var ids = new JsonObject(tokens.Select((token, id) => KeyValuePair.Create(token, (JsonNode?)id)));
        string[] special = ["[PAD]", "[UNK]", ClassifierToken, Separator, "[MASK]"];
        return new JsonObject
        {
            ["version"] = "1.0",
            ["added_tokens"] = new JsonArray([.. special.Select(token => new JsonObject
            {
                ["id"] = Array.IndexOf(tokens, token),
                ["content"] = token,
                ["single_word"] = false,
                ["lstrip"] = false,
                ["rstrip"] = false,
                ["normalized"] = false,
                ["special"] = true,
            })]),
            ["normalizer"] = new JsonObject
            {
                ["type"] = "BertNormalizer",
                ["clean_text"] = true,
                ["handle_chinese_chars"] = true,
                ["strip_accents"] = null,
                ["lowercase"] = true,
            },
            ["pre_tokenizer"] = new JsonObject { ["type"] = "BertPreTokenizer" },
            ["post_processor"] = new JsonObject
            {
                ["type"] = "BertProcessing",
                ["sep"] = new JsonArray(Separator, Array.IndexOf(tokens, Separator)),
                ["cls"] = new JsonArray(ClassifierToken, Array.IndexOf(tokens, ClassifierToken)),
            },
            ["decoder"] = new JsonObject { ["type"] = "WordPiece", ["prefix"] = "##", ["cleanup"] = true },
            ["model"] = new JsonObject
            {
                ["type"] = "WordPiece",
                ["unk_token"] = "[UNK]",
                ["continuing_subword_prefix"] = "##",
                ["max_input_chars_per_word"] = 100,
                ["vocab"] = ids,
            },
        };
    }

    private static void WriteJson(string folder, string name, object content)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, JsonSerializer.Serialize(content));
    }
}
