using System.Text.Json;
using Sensorium.Core.Packs;
using Sensorium.Tokenization.Json;

namespace Sensorium.Tokenization;

/// <summary>Reads tokenizer.json, and tokenizer_config.json for the names of the special tokens.</summary>
public static class TokenizerLoader
{
    private const string FileName = "tokenizer.json";
    private const string ConfigName = "tokenizer_config.json";

    /// <summary>The tokenizer of a part of a pack. Throws <see cref="ModelPackException"/> that says what is missing or not supported.</summary>
    public static Tokenizer Load(PackPart part)
    {
        var tokenizer = Load(part.Folder, part.GetFile(FileName), part.GetFile(ConfigName));
        return tokenizer.HasEnd ? tokenizer : throw new ModelPackException(part.Folder, [$"{ConfigName} names no eos_token"]);
    }

    /// <summary>The tokenizer of a folder as exports have it, with or without a tokenizer_config.json. Throws like the other.</summary>
    public static Tokenizer LoadFolder(string folder)
    {
        var path = Path.Combine(folder, FileName);
        var config = Path.Combine(folder, ConfigName);
        return File.Exists(path)
            ? Load(folder, path, File.Exists(config) ? config : null)
            : throw new ModelPackException(folder, [$"there is no {FileName}"]);
    }

    /// <summary>The tokenizer of a model that makes pictures, with a tokenizer.json or with the files that CLIP's had before. Throws like the others.</summary>
    public static Tokenizer LoadDiffusers(string folder)
    {
        var path = Path.Combine(folder, FileName);
        var config = Path.Combine(folder, ConfigName);
        if (!File.Exists(config))
        {
            throw new ModelPackException(folder, [$"there is no {ConfigName}"]);
        }

        var tokenizer = !File.Exists(path) && VocabularyFiles.AreIn(folder)
            ? Load(folder, Parse(folder, "vocab.json", VocabularyFiles.Read(folder), TokenizerParts.Read), config)
            : File.Exists(path) ? Load(folder, path, config) : throw new ModelPackException(folder, [$"there is no {FileName}, and no vocab.json with merges.txt"]);
        return tokenizer.HasEnd ? tokenizer : throw new ModelPackException(folder, [$"{ConfigName} names no eos_token"]);
    }

    private static Tokenizer Load(string folder, string path, string? configPath) => Load(folder, Read(folder, path, TokenizerParts.Read), configPath);

    private static Tokenizer Load(string folder, TokenizerParts parts, string? configPath)
    {
        var table = new TokenTable(parts);
        var special = configPath is null
            ? SpecialTokens.None
            : Read(folder, configPath, root => SpecialTokens.Read(root, token => table.TryGetId(token, out var id) ? id : null));
        return new Tokenizer(parts, table, special);
    }

    private static T Read<T>(string folder, string path, Func<JsonSection, T> read)
    {
        try
        {
            return Parse(folder, Path.GetFileName(path), File.ReadAllBytes(path), read);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelPackException(folder, [$"{Path.GetFileName(path)} cannot be used: {error.Message}"], error);
        }
    }

    private static T Parse<T>(string folder, string name, byte[] json, Func<JsonSection, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return read(new JsonSection(document.RootElement, ""));
        }
        catch (Exception error) when (error is TokenizerFormatException or JsonException)
        {
            throw new ModelPackException(folder, [$"{name} cannot be used: {error.Message}"], error);
        }
    }
}
