namespace Sensorium.Core.Media;

/// <summary>One medium of a request.</summary>
/// <param name="ItemId">Unique within the request.</param>
/// <param name="Modality">Null until it has been told from the content.</param>
/// <param name="MediaType">IANA media type as announced; a hint only.</param>
public sealed record MediaItem(
    string ItemId,
    MediaSource Source,
    Modality? Modality = null,
    string? MediaType = null,
    MediaTrack Track = MediaTrack.Default,
    TimeRange? Range = null);
