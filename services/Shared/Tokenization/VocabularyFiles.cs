using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sensorium.Core.Packs;

namespace Sensorium.Tokenization;

/// <summary>vocab.json and merges.txt of CLIP's tokenizer, as models have them that bring no tokenizer.json, written as one.</summary>
internal static class VocabularyFiles
{
    private const string Vocabulary = "vocab.json";
    private const string Merges = "merges.txt";
    private const string Start = "<|startoftext|>";
    private const string End = "<|endoftext|>";
    private const string WordEnd = "</w>";
    private const string Words = @"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+";

    public static bool AreIn(string folder) => File.Exists(Path.Combine(folder, Vocabulary)) && File.Exists(Path.Combine(folder, Merges));

    /// <summary>Throws <see cref="ModelPackException"/> if the files cannot be read.</summary>
    public static byte[] Read(string folder)
    {
        try
        {
            var vocabulary = JsonNode.Parse(File.ReadAllBytes(Path.Combine(folder, Vocabulary)))!.AsObject();
            var merges = File.ReadLines(Path.Combine(folder, Merges), Encoding.UTF8).Where(line => line.Length > 0 && !line.StartsWith("#version", StringComparison.Ordinal));
            return Encoding.UTF8.GetBytes(Join(vocabulary, merges).ToJsonString());
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or IOException)
        {
            throw new ModelPackException(folder, [$"{Vocabulary} and {Merges} cannot be read: {error.Message}"], error);
        }
    }

    private static JsonObject Join(JsonObject vocabulary, IEnumerable<string> merges)
    {
        var (start, end) = (IdOf(vocabulary, Start), IdOf(vocabulary, End));
        return new JsonObject
        {
            ["added_tokens"] = new JsonArray(Added(start, Start), Added(end, End)),
            ["normalizer"] = Sequence("normalizers", Of("NFC"), Of("Replace", ("pattern", Regex(@"\s+")), ("content", " ")), Of("Lowercase")),
            ["pre_tokenizer"] = Sequence(
                "pretokenizers",
                Of("Split", ("pattern", Regex(Words)), ("behavior", "Removed"), ("invert", true)),
                Of("ByteLevel", ("add_prefix_space", false), ("trim_offsets", true))),
            ["post_processor"] = Of(
                "RobertaProcessing",
                ("sep", new JsonArray(End, end)),
                ("cls", new JsonArray(Start, start)),
                ("trim_offsets", false),
                ("add_prefix_space", false)),
            ["model"] = Of(
                "BPE",
                ("unk_token", End),
                ("continuing_subword_prefix", ""),
                ("end_of_word_suffix", WordEnd),
                ("vocab", vocabulary.DeepClone()),
                ("merges", new JsonArray([.. merges.Select(merge => (JsonNode)merge)]))),
        };
    }

    private static int IdOf(JsonObject vocabulary, string token) =>
        vocabulary[token]?.GetValue<int>() ?? throw new KeyNotFoundException($"{Vocabulary} has no '{token}'");

    private static JsonObject Added(int id, string content) => new()
    {
        ["id"] = id,
        ["content"] = content,
        ["special"] = true,
        ["normalized"] = false,
        ["lstrip"] = false,
        ["rstrip"] = false,
        ["single_word"] = false,
    };

    private static JsonObject Regex(string pattern) => new() { ["Regex"] = pattern };

    private static JsonObject Sequence(string name, params JsonNode[] parts) => Of("Sequence", (name, new JsonArray(parts)));

    private static JsonObject Of(string type, params (string Name, JsonNode Value)[] fields)
    {
        var section = new JsonObject { ["type"] = type };
        foreach (var (name, value) in fields)
        {
            section[name] = value;
        }

        return section;
    }
}
