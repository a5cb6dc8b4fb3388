using Sensorium.Gateway.Operations.Chat;
using Sensorium.Hosting.Grpc.Mapping;

namespace Sensorium.Gateway.Grpc;

/// <summary>Messages of a request as the operation takes them.</summary>
internal static class ChatInputs
{
    public static ChatInput[] Read(IReadOnlyList<V1.ChatMessage> messages, string field) =>
        [.. messages.Select((message, i) => Read(message, $"{field}[{i}]"))];

    private static ChatInput Read(V1.ChatMessage message, string field) => new(
        message.Role.ToDomain($"{field}.role"), [.. message.Parts.Select((part, j) => Read(part, $"{field}.parts[{j}]"))]);

    private static ChatInputPart Read(V1.ChatPart part, string field) => part.PartCase switch
    {
        V1.ChatPart.PartOneofCase.Text => new ChatInputText(part.Text),
        V1.ChatPart.PartOneofCase.Media => new ChatInputMedium(MediaInputs.Read(part.Media, $"{field}.media")),
        _ => throw ChatMapping.Empty(field),
    };
}
