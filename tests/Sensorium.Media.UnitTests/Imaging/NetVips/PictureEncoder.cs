using NetVips;

namespace Sensorium.Media.UnitTests.Imaging;

/// <summary>Writes pictures with the library that decodes them in this build.</summary>
internal static class PictureEncoder
{
    public static IReadOnlyList<string> Formats { get; } = [".jpg", ".png", ".webp", ".gif", ".tif", ".avif"];

    /// <param name="rgb">[height, width, 3].</param>
    /// <param name="orientation">As EXIF counts them; 1 is upright.</param>
    public static byte[] Encode(string format, int width, int height, byte[] rgb, int orientation = 1)
    {
        using var raw = Image.NewFromMemory(rgb, width, height, 3, Enums.BandFormat.Uchar);
        using var picture = raw.Copy(interpretation: Enums.Interpretation.Srgb);
        using var turned = picture.Mutate(image => image.Set(GValue.GIntType, "orientation", orientation));
        return turned.WriteToBuffer(format);
    }
}
