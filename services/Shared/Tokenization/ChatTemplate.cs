using Sensorium.Core.Generation.Chat;
using Sensorium.Tokenization.Jinja;

namespace Sensorium.Tokenization;

/// <summary>A model's chat template, with the special tokens that it writes.</summary>
/// <param name="template">As the file has it.</param>
/// <param name="specialTokens">By the names that templates know them by, as "bos_token".</param>
/// <param name="readsParts">A message is a list of parts, as templates of models that read media take it; else a text.</param>
internal sealed class ChatTemplate(JinjaTemplate template, IReadOnlyDictionary<string, string> specialTokens, bool readsParts, TimeProvider time) : IChatTemplate
{
    public string Render(IReadOnlyList<ChatMessage> messages)
    {
        var values = new Dictionary<string, object?>
        {
            ["messages"] = messages.Select(object? (message) => ValueOf(message)).ToList(),
            ["add_generation_prompt"] = true,
            ["tools"] = null,
            ["documents"] = null,
        };
        foreach (var (name, token) in specialTokens)
        {
            values[name] = token;
        }

        try
        {
            return template.Render(values, time.GetLocalNow);
        }
        catch (JinjaException error)
        {
            throw new ChatTemplateException(error.Message, error);
        }
    }

    private OrderedDictionary<string, object?> ValueOf(ChatMessage message) => new()
    {
        ["role"] = message.Role.ToString().ToLowerInvariant(),
        ["content"] = readsParts
            ? message.Parts.Select(object? (part) => ValueOf(part)).ToList()
            : string.Join('\n', message.Parts.OfType<ChatText>().Select(part => part.Text)),
    };

    private static OrderedDictionary<string, object?> ValueOf(ChatPart part) => part is ChatText words
        ? new() { ["type"] = "text", ["text"] = words.Text }
        : new() { ["type"] = "image" };
}
