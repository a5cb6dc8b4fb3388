using System.Text.Json;
using Sensorium.Core.Models;
using Sensorium.Core.Packs;

namespace Sensorium.Onnx.Families;

/// <summary>The files that sentence-transformers puts beside a model. All may be missing.</summary>
internal static class SentenceTransformers
{
    private const string Modules = "modules.json";

    private static readonly (string Flag, Pooling Pooling)[] Modes =
    [
        ("pooling_mode_cls_token", Pooling.First),
        ("pooling_mode_mean_tokens", Pooling.Mean),
        ("pooling_mode_max_tokens", Pooling.Max),
        ("pooling_mode_lasttoken", Pooling.Last),
    ];

    /// <summary>The mean where nothing is said. Throws <see cref="ModelPackException"/> for a kind, or several, that are not known here.</summary>
    public static Pooling PoolingOf(ModelExport model)
    {
        var file = $"{FolderOfPooling(model)}/config.json";
        if (model.FindIn(file) is not { ValueKind: JsonValueKind.Object } config)
        {
            return Pooling.Mean;
        }

        string[] set = [.. config.EnumerateObject()
            .Where(mode => mode.Name.StartsWith("pooling_mode_", StringComparison.Ordinal) && mode.Value.ValueKind == JsonValueKind.True)
            .Select(mode => mode.Name)];
        return set is [var only] && Array.Exists(Modes, mode => mode.Flag == only)
            ? Array.Find(Modes, mode => mode.Flag == only).Pooling
            : throw new ModelPackException(
                model.Folder, [$"{file} sets {(set.Length == 0 ? "no pooling" : string.Join(" and ", set))}; one of {string.Join(", ", Modes.Select(mode => mode.Flag))} is known"]);
    }

    /// <summary>The modules are listed, and none of them brings vectors to length 1.</summary>
    public static bool KeepsLength(ModelExport model) =>
        Of(model) is { Length: > 0 } modules && !modules.Any(module => Member(module, "type").EndsWith(".Normalize", StringComparison.Ordinal));

    /// <summary>What is put before a text, by name.</summary>
    public static IReadOnlyDictionary<string, string> Prompts(ModelExport model) =>
        model.FindIn("config_sentence_transformers.json", "prompts") is { ValueKind: JsonValueKind.Object } prompts
            ? prompts.EnumerateObject().Where(prompt => prompt.Value.ValueKind == JsonValueKind.String)
                .ToDictionary(prompt => prompt.Name, prompt => prompt.Value.GetString()!, StringComparer.Ordinal)
            : new Dictionary<string, string>();

    /// <summary>Most tokens of one text, where they are fewer than the model's positions.</summary>
    public static int? MaxTokens(ModelExport model) =>
        model.FindIn("sentence_bert_config.json", "max_seq_length") is { ValueKind: JsonValueKind.Number } most && most.TryGetInt32(out var value) && value > 0
            ? value
            : null;

    private static string FolderOfPooling(ModelExport model)
    {
        var pooling = Array.Find(Of(model), module => Member(module, "type").EndsWith(".Pooling", StringComparison.Ordinal));
        return Member(pooling, "path") is { Length: > 0 } path ? path : "1_Pooling";
    }

    private static JsonElement[] Of(ModelExport model) => model.FindIn(Modules) is { ValueKind: JsonValueKind.Array } all ? [.. all.EnumerateArray()] : [];

    private static string Member(JsonElement module, string name) =>
        module.ValueKind == JsonValueKind.Object && module.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
