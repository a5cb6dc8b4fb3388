using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Media.Sniffing;

namespace Sensorium.Media.Imaging;

/// <summary>
/// What every decoder asks of a picture's format, and says of a picture that it cannot decode. Nothing of a library's own
/// message is passed on: it may be about another medium, and it names files of the server.
/// </summary>
internal static class PictureFormat
{
    /// <summary>The media type. Throws EMPTY_MEDIA, and UNDECODABLE_MEDIA for what is not a picture that is read.</summary>
    public static string Identify(IMediaContent content)
    {
        if (content.SizeBytes == 0)
        {
            throw MediaError.Empty();
        }

        var type = MagicNumbers.Identify(content);
        if (type is not { Modality: Modality.Image })
        {
            throw MediaError.Undecodable($"This is not a picture of a known format (its first bytes are {MagicNumbers.Describe(content)}).");
        }

        return type.MediaType != "image/bmp"
            ? type.MediaType
            : throw MediaError.Undecodable("BMP pictures are not read; send PNG, JPEG, WebP, GIF, TIFF or AVIF.");
    }

    /// <summary>TRUNCATED_MEDIA if bytes are missing, else UNDECODABLE_MEDIA.</summary>
    public static SensoriumException Failure(IMediaContent content, string mediaType) => MissingBytes.In(content, mediaType)
        ? MediaError.Truncated($"The picture ({mediaType}, {content.SizeBytes} bytes) ends too early.")
        : MediaError.Undecodable($"The picture ({mediaType}, {content.SizeBytes} bytes) cannot be decoded: it is damaged, or of a kind that is not read.");
}
