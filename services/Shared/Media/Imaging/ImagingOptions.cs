namespace Sensorium.Media.Imaging;

/// <summary>Section "Sensorium:Media:Imaging".</summary>
public sealed class ImagingOptions
{
    public const string Section = "Sensorium:Media:Imaging";

    /// <summary>Width times height, before resizing, of pictures and of a video's frames.</summary>
    public long MaxPixels { get; set; } = 64_000_000;
}
