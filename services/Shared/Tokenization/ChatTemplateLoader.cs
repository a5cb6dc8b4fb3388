using System.Text.Json;
using Sensorium.Core.Generation.Chat;
using Sensorium.Core.Packs;
using Sensorium.Tokenization.Jinja;

namespace Sensorium.Tokenization;

/// <summary>Reads a model's chat template from whichever of its files holds it.</summary>
public static class ChatTemplateLoader
{
    private const string TemplateName = "chat_template.jinja";
    private const string JsonName = "chat_template.json";
    private const string ConfigName = "tokenizer_config.json";
    private const string Field = "chat_template";

    private static readonly string[] SpecialTokens = ["bos_token", "eos_token", "unk_token", "pad_token"];

    /// <summary>Null if the part has none. Throws <see cref="ModelPackException"/> if it cannot be read.</summary>
    public static IChatTemplate? Load(DecoderPart part, TimeProvider time)
    {
        var config = Read(part, ConfigName);
        var text = part.FindFile(TemplateName) is { } file ? File.ReadAllText(file) : TextOf(Read(part, JsonName)) ?? TextOf(config);
        if (text is null)
        {
            return null;
        }

        try
        {
            return new ChatTemplate(JinjaTemplate.Parse(text), TokensOf(config), part.Conversation?.Pictures is not null, time);
        }
        catch (JinjaException error)
        {
            throw new ModelPackException(part.Folder, [$"the chat template cannot be used: {error.Message}"], error);
        }
    }

    private static JsonElement? Read(DecoderPart part, string name)
    {
        if (part.FindFile(name) is not { } path)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.Clone();
        }
        catch (JsonException error)
        {
            throw new ModelPackException(part.Folder, [$"{name} cannot be read: {error.Message}"], error);
        }
    }

    // A text, or several by name, of which the one called "default" is for conversations without tools.
    private static string? TextOf(JsonElement? config) => Member(config, Field) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Array } named => named.EnumerateArray()
            .Where(one => Member(one, "name") is { ValueKind: JsonValueKind.String } name && name.GetString() == "default")
            .Select(one => Member(one, "template")?.GetString())
            .FirstOrDefault(),
        _ => null,
    };

    private static Dictionary<string, string> TokensOf(JsonElement? config)
    {
        var tokens = new Dictionary<string, string>();
        foreach (var name in SpecialTokens)
        {
            // Written as a string, or as an object with the flags of an added token.
            var token = Member(config, name) is { ValueKind: JsonValueKind.Object } flags ? Member(flags, "content") : Member(config, name);
            if (token is { ValueKind: JsonValueKind.String } text)
            {
                tokens[name] = text.GetString()!;
            }
        }

        return tokens;
    }

    private static JsonElement? Member(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(name, out var value) ? value : null;
}
