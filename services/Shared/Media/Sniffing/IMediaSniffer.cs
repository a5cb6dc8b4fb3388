using Sensorium.Core.Media;

namespace Sensorium.Media.Sniffing;

/// <summary>Tells what a medium is from its content.</summary>
public interface IMediaSniffer
{
    /// <summary>
    /// Magic numbers first, then a probe of containers that may hold sound or video. Text is believed only if announced and
    /// valid UTF-8. Throws MODALITY_MISMATCH if the content contradicts <paramref name="announced"/>, UNKNOWN_MODALITY if
    /// nothing is recognised and nothing was announced, EMPTY_MEDIA.
    /// </summary>
    ValueTask<SniffedMedia> SniffAsync(
        IMediaContent content,
        Modality? announced,
        string? announcedMediaType,
        CancellationToken cancellationToken);
}

/// <param name="MediaType">IANA media type.</param>
public sealed record SniffedMedia(Modality Modality, string MediaType);
