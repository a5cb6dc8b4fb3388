using Sensorium.Core.Media;
using Sensorium.Core.Modalities;

namespace Sensorium.Media.Sniffing;

/// <summary>IANA media types and what they say of the modality.</summary>
internal static class MediaTypes
{
    /// <summary>Lower case without parameters; null for nothing or for types that say nothing.</summary>
    public static string? Normalize(string? mediaType)
    {
        var type = mediaType?.Split(';')[0].Trim().ToLowerInvariant();
        return type is null or "" or "application/octet-stream" or "binary/octet-stream" ? null : type;
    }

    public static Modality? ModalityOf(string? mediaType) => mediaType == "application/json"
        ? Modality.Text
        : ModalityTable.OfName(mediaType?.Split('/')[0] ?? "")?.Modality;

    /// <summary>The type of a container that turned out to hold sound alone.</summary>
    public static string SoundTypeOf(string containerType) => containerType switch
    {
        "video/mp4" or "video/quicktime" => "audio/mp4",
        "video/x-ms-asf" => "audio/x-ms-wma",
        _ => "audio/" + containerType.Split('/')[1],
    };
}
