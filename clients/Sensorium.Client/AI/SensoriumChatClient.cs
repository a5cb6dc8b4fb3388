using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Sensorium.Client.AI;

/// <summary>Answers conversations through SensoriumService.Generate.</summary>
internal sealed class SensoriumChatClient(SensoriumClient client, string? modelId) : IChatClient
{
    private readonly ChatClientMetadata _metadata = new("sensorium", client.Address, modelId);

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var request = ChatRequests.Of(messages, options, options?.ModelId ?? modelId, options?.RawRepresentationFactory?.Invoke(this));
        await foreach (var said in client.GenerateAsync(request, cancellationToken).ConfigureAwait(false))
        {
            if (said.ChoiceIndex == 0 && (said.Delta is not null || said.Finished is not null))
            {
                yield return ToUpdate(said);
            }
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType == typeof(SensoriumClient) ? client
            : serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <summary>The connection is its owner's.</summary>
    public void Dispose()
    {
    }

    private static ChatResponseUpdate ToUpdate(V1.CaptionEvent said)
    {
        var update = new ChatResponseUpdate
        {
            Role = ChatRole.Assistant,
            ResponseId = said.RequestId,
            MessageId = said.RequestId,
            CreatedAt = TimeProvider.System.GetUtcNow(),
            RawRepresentation = said,
        };
        if (said.Finished is not { } finished)
        {
            update.Contents.Add(new TextContent(said.Delta.Text));
            return update;
        }

        var (read, written) = (finished.Usage.PromptTokens, finished.Usage.GeneratedTokens);
        update.ModelId = finished.Model?.Id;
        update.FinishReason = finished.Reason == V1.FinishReason.Length ? ChatFinishReason.Length : ChatFinishReason.Stop;
        update.Contents.Add(new UsageContent(new UsageDetails { InputTokenCount = read, OutputTokenCount = written, TotalTokenCount = read + written }));
        return update;
    }
}
