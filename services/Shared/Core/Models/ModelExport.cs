using System.Text.Json;
using Sensorium.Core.Packs;

namespace Sensorium.Core.Models;

/// <summary>A folder as Hugging Face tools export it: config.json, and graphs under "onnx/".</summary>
public sealed class ModelExport
{
    private readonly JsonElement _config;

    private ModelExport(string folder, JsonElement config) => (Folder, _config) = (folder, config);

    /// <summary>Absolute path.</summary>
    public string Folder { get; }

    /// <summary>Throws <see cref="ModelPackException"/> if config.json cannot be read.</summary>
    public static ModelExport Read(string folder) => new(folder, ReadJson(folder, "config.json"));

    /// <summary>As config.json says; empty if it does not.</summary>
    public string ModelType => Find("model_type") is { ValueKind: JsonValueKind.String } type ? type.GetString()! : "";

    /// <summary>Whether the first of the architectures in config.json ends so, as "ForCTC".</summary>
    public bool HasHead(string ending) =>
        Find("architectures") is { ValueKind: JsonValueKind.Array } all && all.GetArrayLength() > 0 && all[0].ToString().EndsWith(ending, StringComparison.Ordinal);

    /// <summary>Whether there is a graph of this name, in any variant.</summary>
    public bool HasGraph(string graph) => ModelVariants.All.Any(variant => File.Exists(Path.Combine(Folder, "onnx", ModelVariants.FileName(graph, variant))));

    /// <summary>How many labels config.json names.</summary>
    public int LabelCount => Find("id2label") is { ValueKind: JsonValueKind.Object } labels ? labels.EnumerateObject().Count() : FindInt("num_labels") ?? 0;

    /// <summary>A whole number of config.json, by its path. Throws <see cref="ModelPackException"/> if there is none.</summary>
    public int GetInt(params string[] path) =>
        FindInt(path) ?? throw new ModelPackException(Folder, [$"config.json has no number '{string.Join('.', path)}'"]);

    /// <summary>A whole number of config.json, by its path; null if there is none.</summary>
    public int? FindInt(params string[] path) =>
        Find(path) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : null;

    /// <summary>The first of these whole numbers that config.json has, by their paths. Throws <see cref="ModelPackException"/> if it has none.</summary>
    public int GetFirstInt(params string[][] paths)
    {
        foreach (var path in paths)
        {
            if (FindInt(path) is { } value)
            {
                return value;
            }
        }

        throw new ModelPackException(Folder, [$"config.json has none of the numbers {string.Join(", ", paths.Select(path => $"'{string.Join('.', path)}'"))}"]);
    }

    /// <summary>A member of config.json, by its path; null if there is none.</summary>
    public JsonElement? Find(params string[] path) => Find(_config, path);

    /// <summary>A member of another file of JSON; null if there is none, or no such file. Throws <see cref="ModelPackException"/> if it cannot be read.</summary>
    public JsonElement? FindIn(string file, params string[] path) =>
        File.Exists(Path.Combine(Folder, file)) ? Find(ReadJson(Folder, file), path) : null;

    /// <summary>Throws <see cref="ModelPackException"/> if it is no JSON.</summary>
    internal static JsonElement ReadJson(string folder, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, name)));
            return document.RootElement.Clone();
        }
        catch (JsonException error)
        {
            throw new ModelPackException(folder, [$"{name} cannot be read: {error.Message}"], error);
        }
    }

    private static JsonElement? Find(JsonElement element, string[] path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element;
    }
}
