using Microsoft.Extensions.AI;

namespace Sensorium.Client.AI;

/// <summary>Conversations of Microsoft.Extensions.AI as requests. What cannot be honoured is refused, not left out.</summary>
internal static class ChatRequests
{
    /// <param name="messages">The conversation.</param>
    /// <param name="options">Null for the model's own.</param>
    /// <param name="modelId">Null for the default model.</param>
    /// <param name="start">A request that is filled in; null for an empty one.</param>
    /// <exception cref="NotSupportedException">An option or a content that models of Sensorium have no use for.</exception>
    public static V1.SensoriumServiceGenerateRequest Of(IEnumerable<ChatMessage> messages, ChatOptions? options, string? modelId, object? start)
    {
        var request = start as V1.SensoriumServiceGenerateRequest ?? new V1.SensoriumServiceGenerateRequest();
        request.Model ??= MediaContents.Select(modelId);
        if (options is not null)
        {
            Check(options);
            request.Parameters = ToParameters(options, request.Parameters ?? new V1.GenerationParameters());
            if (!string.IsNullOrEmpty(options.Instructions))
            {
                request.Messages.Add(new V1.ChatMessage { Role = V1.ChatRole.System, Parts = { new V1.ChatPart { Text = options.Instructions } } });
            }
        }

        request.Messages.AddRange(messages.Select(ToMessage));
        return request;
    }

    private static V1.ChatMessage ToMessage(ChatMessage message) => new()
    {
        Role = RoleOf(message.Role),
        Parts = { message.Contents.Where(content => content is not UsageContent).Select(ToPart) },
    };

    private static V1.ChatRole RoleOf(ChatRole role)
    {
        var roles = new Dictionary<ChatRole, V1.ChatRole>
        {
            [ChatRole.System] = V1.ChatRole.System,
            [ChatRole.User] = V1.ChatRole.User,
            [ChatRole.Assistant] = V1.ChatRole.Assistant,
        };
        return roles.TryGetValue(role, out var known) ? known : throw new NotSupportedException($"The role {role} cannot be told to a model of Sensorium.");
    }

    private static V1.ChatPart ToPart(AIContent content) => content is TextContent text
        ? new V1.ChatPart { Text = text.Text }
        : new V1.ChatPart { Media = MediaContents.ToMedia(content) };

    private static V1.GenerationParameters ToParameters(ChatOptions options, V1.GenerationParameters parameters)
    {
        parameters.Stop.AddRange(options.StopSequences ?? []);
        Set(options.Temperature, value => parameters.Temperature = value);
        Set(options.TopP, value => parameters.TopP = value);
        Set(options.TopK, value => parameters.TopK = value);
        Set(options.MaxOutputTokens, value => parameters.MaxNewTokens = value);
        Set(options.Seed, value => parameters.Seed = unchecked((ulong)value));
        return parameters;

        static void Set<T>(T? value, Action<T> set)
            where T : struct
        {
            if (value is { } given)
            {
                set(given);
            }
        }
    }

    private static void Check(ChatOptions options)
    {
        (string Name, bool IsAsked)[] missing =
        [
            (nameof(options.Tools), options.Tools is { Count: > 0 } && options.ToolMode is not NoneChatToolMode),
            (nameof(options.ResponseFormat), options.ResponseFormat is not (null or ChatResponseFormatText)),
            (nameof(options.FrequencyPenalty), options.FrequencyPenalty is not (null or 0)),
            (nameof(options.PresencePenalty), options.PresencePenalty is not (null or 0)),
            (nameof(options.ConversationId), options.ConversationId is not null),
            (nameof(options.Reasoning), options.Reasoning is not null),
        ];
        if (missing.FirstOrDefault(option => option.IsAsked).Name is { } name)
        {
            throw new NotSupportedException($"ChatOptions.{name} cannot be honoured by a model of Sensorium.");
        }
    }
}
