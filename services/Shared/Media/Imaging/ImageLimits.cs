namespace Sensorium.Media.Imaging;

/// <summary>How large a picture may be. Looked at by its header, before a pixel is decoded.</summary>
/// <param name="MaxPixels">Width times height.</param>
/// <param name="MaxSide">Width, and height. What a row or a column costs, and the weights of a resize, grow with it.</param>
public readonly record struct ImageLimits(long MaxPixels, int MaxSide)
{
    /// <summary>Of a stored pixel, up to four channels of 16 bits: what a limit in pixels allows in bytes.</summary>
    private const int BytesPerPixel = 8;

    /// <summary>Throws TOO_MANY_PIXELS, or UNDECODABLE_MEDIA where the header gives no size.</summary>
    public void Check(long width, long height)
    {
        if (width <= 0 || height <= 0)
        {
            throw MediaError.Undecodable("The header of the picture or video gives no width and height.");
        }

        if (width > MaxSide || height > MaxSide)
        {
            throw MediaError.SideTooLong(width, height, MaxSide);
        }

        if (width * height > MaxPixels)
        {
            throw MediaError.TooManyPixels(width, height, MaxPixels);
        }
    }

    /// <summary>The same of the bytes that one picture takes while it is decoded, where pixels have many channels.</summary>
    public void CheckBytes(long width, long height, long bytesPerPixel)
    {
        if (bytesPerPixel > BytesPerPixel && width * height > MaxPixels * BytesPerPixel / bytesPerPixel)
        {
            throw MediaError.TooManyPixels(width, height, MaxPixels * BytesPerPixel / bytesPerPixel);
        }
    }
}
