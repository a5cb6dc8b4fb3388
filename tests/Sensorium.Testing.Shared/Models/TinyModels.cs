using System.Text.Json;

namespace Sensorium.Testing.Shared.Models;

/// <summary>The small models that tests/tiny-models makes, and what @huggingface/transformers answers when it is asked about them.</summary>
public static class TinyModels
{
    private const string Variable = "SENSORIUM_TINY_MODELS";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>A folder for each model.</summary>
    public static string Models => Path.Combine(Folder, "models");

    /// <summary>A folder for each model that makes pictures; numpy, not transformers, says what they make.</summary>
    public static string Pictures => Path.Combine(Folder, "pictures");

    private static string Folder
    {
        get
        {
            var folder = Environment.GetEnvironmentVariable(Variable) ?? Path.Combine(SourceTree.Root, ".cache", "tiny-models");
            return Directory.Exists(Path.Combine(folder, "references"))
                ? folder
                : throw new DirectoryNotFoundException($"The tiny models are not in '{folder}': run tests/tiny-models/make.sh, or set {Variable}.");
        }
    }

    /// <summary>A picture or sound, as the questions name them.</summary>
    public static byte[] Media(string name) => File.ReadAllBytes(Path.Combine(Folder, "media", name));

    /// <summary>What a model was asked, and what it answered.</summary>
    public static TinyReference<TQuestion, TAnswer> Reference<TQuestion, TAnswer>(string model) =>
        JsonSerializer.Deserialize<TinyReference<TQuestion, TAnswer>>(
            File.ReadAllBytes(Path.Combine(Folder, "references", $"{model}.json")), Json)!;
}

public sealed record TinyReference<TQuestion, TAnswer>(string Model, TQuestion Question, TAnswer Answer);
