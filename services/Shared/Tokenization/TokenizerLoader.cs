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

    private static Tokenizer Load(string folder, string path, string? configPath)
    {
        var parts = Read(folder, path, TokenizerParts.Read);
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
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return read(new JsonSection(document.RootElement, ""));
        }
        catch (Exception error) when (error is TokenizerFormatException or JsonException or IOException or UnauthorizedAccessException)
        {
            throw new ModelPackException(folder, [$"{Path.GetFileName(path)} cannot be used: {error.Message}"], error);
        }
    }
}
