using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Tiff;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;

namespace Sensorium.Media.UnitTests.Imaging;

/// <summary>Writes pictures with the library that decodes them in this build.</summary>
internal static class PictureEncoder
{
    public static IReadOnlyList<string> Formats { get; } = [".jpg", ".png", ".webp", ".gif", ".tif"];

    /// <param name="rgb">[height, width, 3].</param>
    /// <param name="orientation">As EXIF counts them; 1 is upright.</param>
    public static byte[] Encode(string format, int width, int height, byte[] rgb, int orientation = 1)
    {
        using var picture = Image.LoadPixelData<Rgb24>(rgb, width, height);
        if (orientation != 1)
        {
            picture.Metadata.ExifProfile = new ExifProfile();
            picture.Metadata.ExifProfile.SetValue(ExifTag.Orientation, (ushort)orientation);
        }

        using var file = new MemoryStream();
        picture.Save(file, EncoderOf(format));
        return file.ToArray();
    }

    private static IImageEncoder EncoderOf(string format) => format switch
    {
        ".jpg" => new JpegEncoder { Quality = 90 },
        ".png" => new PngEncoder(),
        ".webp" => new WebpEncoder(),
        ".gif" => new GifEncoder(),
        _ => new TiffEncoder(),
    };
}
