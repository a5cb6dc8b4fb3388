using Sensorium.Core.Media;

namespace Sensorium.Media.Imaging;

/// <summary>Decodes still pictures (JPEG, PNG, WebP, GIF's first frame, TIFF, AVIF, HEIC).</summary>
public interface IImageDecoder
{
    /// <summary>
    /// Null if the pixels are those of the reference (Pillow) to the last bit; else a name for them, which becomes part of the
    /// preprocessing digest and so keeps embeddings of other pixels apart.
    /// </summary>
    string? Variant { get; }

    /// <summary>
    /// Upright 8-bit sRGB pixels. The header is read first: a picture over <paramref name="limits"/> is refused with
    /// TOO_MANY_PIXELS before a pixel is decoded. Throws EMPTY_MEDIA, UNDECODABLE_MEDIA, TRUNCATED_MEDIA; their messages speak
    /// of this medium alone, whatever the library says.
    /// </summary>
    /// <param name="minWidth">
    /// A decoder may halve while it decodes as long as the result stays at least this wide; 0 asks for full size.
    /// </param>
    RgbImage Decode(IMediaContent content, ImageLimits limits, int minWidth, int minHeight, CancellationToken cancellationToken);
}
