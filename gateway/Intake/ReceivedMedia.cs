using Sensorium.Core.Errors;
using Sensorium.Core.Media;

namespace Sensorium.Gateway.Intake;

/// <summary>What became of one medium of a request: an item ready for an encoder, or the reason why not.</summary>
/// <param name="Field">Where it is in the request, as "media[1]".</param>
internal sealed record ReceivedMedia(string ItemId, string Field) : IAsyncDisposable
{
    /// <summary>With its modality known; null if <see cref="Error"/> is set.</summary>
    public MediaItem? Item { get; init; }

    public SensoriumException? Error { get; init; }

    /// <summary>Keeps the content from being evicted while the request runs.</summary>
    public IMediaContent? Content { get; init; }

    public ValueTask DisposeAsync() => Content?.DisposeAsync() ?? ValueTask.CompletedTask;
}
