namespace Sensorium.Media.Imaging;

/// <summary>Section "Sensorium:Media:Imaging".</summary>
public sealed class ImagingOptions
{
    public const string Section = "Sensorium:Media:Imaging";

    /// <summary>Width times height, before resizing, of pictures and of a video's frames.</summary>
    public long MaxPixels { get; set; } = 64_000_000;

    /// <summary>Width, and height, before resizing. The default is the longest side that a JPEG file can have.</summary>
    public int MaxSide { get; set; } = 65_535;

    /// <summary>
    /// Bytes that all pictures of the process together may take while they are decoded and scaled; further ones wait in the
    /// order of arrival. One that needs more than this is decoded alone.
    /// </summary>
    public long MaxBytesAtOnce { get; set; } = 2L << 30;

    /// <summary>
    /// Large JPEG files are halved while they are decoded, never to less than three times the size that the model reads. Up to
    /// three times as fast; results differ from full decoding by a quarter of a level of 255 on average.
    /// </summary>
    public bool ShrinkOnLoad { get; set; } = true;

    public ImageLimits Limits => new(MaxPixels, MaxSide);
}
