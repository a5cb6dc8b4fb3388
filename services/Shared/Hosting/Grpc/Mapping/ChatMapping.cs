using Sensorium.Core.Errors;
using Sensorium.Core.Generation.Chat;
using Sensorium.Core.Media;

namespace Sensorium.Hosting.Grpc.Mapping;

/// <summary>Conversations of the wire, whose media stand within the messages, and those of the domain, which count them.</summary>
public static class ChatMapping
{
    /// <summary>In the order in which they are counted.</summary>
    public static IEnumerable<V1.Media> MediaOf(IEnumerable<V1.ChatMessage> messages) => messages
        .SelectMany(message => message.Parts)
        .Where(part => part.PartCase == V1.ChatPart.PartOneofCase.Media)
        .Select(part => part.Media);

    /// <exception cref="SensoriumException">INVALID_ARGUMENT: a role or a part that the contract does not have.</exception>
    public static ChatMessage[] ToDomain(this IReadOnlyList<V1.ChatMessage> messages, string field)
    {
        var media = 0;
        return [.. messages.Select((message, i) => new ChatMessage(
            message.Role.ToDomain($"{field}[{i}].role"), [.. message.Parts.Select((part, j) => ToDomain(part, $"{field}[{i}].parts[{j}]"))]))];

        ChatPart ToDomain(V1.ChatPart part, string place) => part.PartCase switch
        {
            V1.ChatPart.PartOneofCase.Text => new ChatText(part.Text),
            V1.ChatPart.PartOneofCase.Media => new ChatMedium(media++),
            _ => throw Empty(place),
        };
    }

    public static V1.ChatMessage ToProto(this ChatMessage message, IReadOnlyList<MediaItem> media) => new()
    {
        Role = (V1.ChatRole)message.Role,
        Parts =
        {
            message.Parts.Select(part => part switch
            {
                ChatText words => new V1.ChatPart { Text = words.Text },
                ChatMedium medium => new V1.ChatPart { Media = media[medium.Index].ToProto() },
                _ => throw new ArgumentException($"A {part.GetType().Name} has no form on the wire.", nameof(message)),
            }),
        },
    };

    /// <exception cref="SensoriumException">INVALID_ARGUMENT: none that the contract has.</exception>
    public static ChatRole ToDomain(this V1.ChatRole role, string field) => role is V1.ChatRole.System or V1.ChatRole.User or V1.ChatRole.Assistant
        ? (ChatRole)role
        : throw SensoriumException.Invalid(
            ErrorReasons.InvalidParameter, $"{field} is {(int)role}; a message is of the system, the user or the assistant.", field);

    /// <summary>What a part is refused with that is neither words nor a medium.</summary>
    public static SensoriumException Empty(string field) =>
        SensoriumException.Invalid(ErrorReasons.InvalidParameter, $"{field} is empty: set one of text and media.", field);
}
