using Sensorium.Tokenization.Json;

namespace Sensorium.Tokenization.Models;

/// <summary>The kinds of models that tokenizer.json may name.</summary>
internal static class ModelReader
{
    private static readonly Dictionary<string, Func<JsonSection, ITokenModel>> Kinds = new(StringComparer.Ordinal)
    {
        ["BPE"] = BpeReader.Read,
        ["WordPiece"] = WordPieceModel.Read,
        ["WordLevel"] = WordLevelModel.Read,
        ["Unigram"] = UnigramModel.Read,
    };

    public static ITokenModel Read(JsonSection section)
    {
        var kind = section.TypeOrNull ?? Infer(section);
        return Kinds.TryGetValue(kind, out var read) ? read(section) : throw section.Unsupported("model", kind);
    }

    public static Dictionary<string, int> ReadVocabulary(JsonSection section)
    {
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (token, id) in section.Required("vocab").Fields())
        {
            vocabulary[token] = id.AsInt() is >= 0 and var number
                ? number
                : throw new TokenizerFormatException($"{section.Path}.vocab gives '{token}' a negative id");
        }

        return vocabulary;
    }

    public static int RequireToken(JsonSection section, IReadOnlyDictionary<string, int> vocabulary, string token) =>
        vocabulary.TryGetValue(token, out var id)
            ? id
            : throw new TokenizerFormatException($"the unknown token '{token}' of {section.Path} is not in its vocabulary");

    // Files of before the field existed are told by what else they have.
    private static string Infer(JsonSection section) =>
        section.Has("merges") ? "BPE"
        : section.Has("max_input_chars_per_word") || section.Has("continuing_subword_prefix") ? "WordPiece"
        : section.Required("vocab").Element.ValueKind == System.Text.Json.JsonValueKind.Array ? "Unigram"
        : "WordLevel";
}
