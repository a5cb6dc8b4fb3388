using Google.Protobuf;
using Microsoft.Extensions.AI;

namespace Sensorium.Client.AI;

/// <summary>Contents of Microsoft.Extensions.AI as media of Sensorium.</summary>
internal static class MediaContents
{
    /// <exception cref="NotSupportedException">The content is neither words nor a medium.</exception>
    public static V1.Media ToMedia(AIContent content) => content switch
    {
        TextContent text => new V1.Media { Text = text.Text },
        DataContent data => new V1.Media { Data = UnsafeByteOperations.UnsafeWrap(data.Data), MediaType = data.MediaType },
        UriContent uri => new V1.Media { Uri = uri.Uri.AbsoluteUri, MediaType = uri.MediaType },
        _ => throw new NotSupportedException($"{content.GetType().Name} cannot be given to a model of Sensorium; texts, data and URIs can."),
    };

    /// <summary>The rest of a stream, inline where it fits into a request.</summary>
    public static async Task<V1.Media> ReadAsync(SensoriumClient client, Stream stream, CancellationToken cancellationToken)
    {
        var head = new byte[client.InlineLimitBytes + 1];
        var length = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        if (length <= client.InlineLimitBytes)
        {
            return new V1.Media { Data = UnsafeByteOperations.UnsafeWrap(head.AsMemory(0, length)) };
        }

        using var whole = new MemoryStream();
        whole.Write(head);
        await stream.CopyToAsync(whole, cancellationToken).ConfigureAwait(false);
        whole.Position = 0;
        return new V1.Media { Ref = (await client.UploadAsync(whole, cancellationToken: cancellationToken).ConfigureAwait(false)).Ref };
    }

    /// <summary>The default model for null.</summary>
    public static V1.ModelSelector? Select(string? modelId)
    {
        if (string.IsNullOrEmpty(modelId))
        {
            return null;
        }

        var at = modelId.LastIndexOf('@');
        return at > 0 ? new V1.ModelSelector { Id = modelId[..at], Revision = modelId[(at + 1)..] } : new V1.ModelSelector { Id = modelId };
    }
}
