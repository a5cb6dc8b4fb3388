using System.Text.Json;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation.Chat;
using Sensorium.Core.Media;
using Sensorium.Gateway.Intake;
using Sensorium.Gateway.Operations.Chat;

namespace Sensorium.Gateway.Http.Chat;

/// <summary>Messages of a conversation, each a role with a content: a string, or an array of parts.</summary>
internal static class ChatMessages
{
    // What would be said to the model cannot be said; without it, the answer would be to another conversation.
    private static readonly string[] Unsaid = ["tool_calls", "function_call", "audio", "refusal", "name"];

    /// <exception cref="SensoriumException">INVALID_PARAMETER: of no shape that is known, or a role or part that cannot be told to a model.</exception>
    public static IReadOnlyList<ChatInput> Read(JsonElement body, string member)
    {
        var messages = body.FindList(member) ?? throw BodyErrors.Wrong(member, "is missing");
        return messages.Count == 0 ? throw BodyErrors.Wrong(member, "is empty") : [.. messages.Select(message => ReadOne(message.Value, message.Field))];
    }

    public static ChatRole RoleOf(JsonElement message, string field) => message.RequireString("role", $"{field}.") switch
    {
        "system" or "developer" => ChatRole.System,
        "user" => ChatRole.User,
        "assistant" => ChatRole.Assistant,
        var role => throw BodyErrors.Wrong($"{field}.role", $"is \"{role}\"; it must be system, developer, user or assistant"),
    };

    public static ChatInputPart PartOf(MediaItem item, string field) =>
        item.Source is TextSource text ? new ChatInputText(text.Text) : new ChatInputMedium(MediaInput.Read(field, "", () => item));

    private static ChatInput ReadOne(JsonElement message, string field)
    {
        if (message.ValueKind != JsonValueKind.Object)
        {
            throw BodyErrors.Wrong(field, "must be an object");
        }

        if (Unsaid.FirstOrDefault(name => message.Find(name) is { } value && !(value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0)) is { } unsaid)
        {
            throw BodyErrors.Wrong($"{field}.{unsaid}", "cannot be told to the models here");
        }

        return new ChatInput(RoleOf(message, field), PartsOf(message, field));
    }

    private static IReadOnlyList<ChatInputPart> PartsOf(JsonElement message, string field) => message.Find("content") switch
    {
        null => throw BodyErrors.Wrong($"{field}.content", "is missing"),
        { ValueKind: JsonValueKind.String } text => [new ChatInputText(JsonStrings.Read(text, $"{field}.content"))],
        { ValueKind: JsonValueKind.Array } parts when parts.GetArrayLength() > 0 =>
            [.. message.FindList("content", $"{field}.")!.Select(part => PartOf(MediaParts.Read(part.Value, part.Field), part.Field))],
        _ => throw BodyErrors.Wrong($"{field}.content", "must be a string, or an array of at least one content object"),
    };
}
