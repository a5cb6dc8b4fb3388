using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Tiff;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.Memory;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;
using FrameDecodingMode = SixLabors.ImageSharp.Metadata.FrameDecodingMode;
using ILibraryDecoder = SixLabors.ImageSharp.Formats.IImageDecoder;

namespace Sensorium.Media.Imaging;

/// <summary>
/// Decodes with ImageSharp, in builds with -p:Imaging=ImageSharp (docs/decisions/0014-two-imaging-libraries.md). The only file
/// that knows it. Reads JPEG, PNG, GIF, WebP and TIFF; never shrinks while it decodes.
/// </summary>
internal sealed class ImageDecoder(DecodingBudget budget) : IImageDecoder
{
    private const int MegabytesPooled = 64;
    private const int MegabytesPerBuffer = 1024;

    private static readonly Configuration Library = new(
        new JpegConfigurationModule(), new PngConfigurationModule(), new GifConfigurationModule(), new WebpConfigurationModule(),
        new TiffConfigurationModule())
    {
        MaxDegreeOfParallelism = 1,
        MemoryAllocator = MemoryAllocator.Create(
            new MemoryAllocatorOptions { MaximumPoolSizeMegabytes = MegabytesPooled, AllocationLimitMegabytes = MegabytesPerBuffer }),
    };

    public string? Variant => "ImageSharp";

    public RgbImage Decode(IMediaContent content, ImageLimits limits, int minWidth, int minHeight, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var mediaType = PictureFormat.Identify(content);
        var decoder = DecoderOf(mediaType);
        try
        {
            // The library shows what there is of a picture that is cut off.
            return MissingBytes.In(content, mediaType)
                ? throw PictureFormat.Failure(content, mediaType)
                : Decode(content, decoder, limits, cancellationToken);
        }
        catch (OutOfMemoryException)
        {
            throw MediaError.OutOfMemory();
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or SensoriumException))
        {
            // Of damaged files its decoders throw whatever their code runs into, not its own exceptions alone.
            cancellationToken.ThrowIfCancellationRequested();
            throw PictureFormat.Failure(content, mediaType);
        }
    }

    // The first picture of several, as everywhere.
    private static ILibraryDecoder DecoderOf(string mediaType) => mediaType switch
    {
        "image/jpeg" => new JpegDecoder(),
        "image/png" => new PngDecoder(),
        "image/gif" => new GifDecoder { DecodingMode = FrameDecodingMode.First },
        "image/webp" => new WebpDecoder(),
        "image/tiff" => new TiffDecoder { DecodingMode = FrameDecodingMode.First },
        _ => throw MediaError.Undecodable($"Pictures of type {mediaType} are not read by this build; send PNG, JPEG, WebP, GIF or TIFF."),
    };

    private RgbImage Decode(IMediaContent content, ILibraryDecoder decoder, ImageLimits limits, CancellationToken cancellationToken)
    {
        using var stream = content.OpenRead();
        var header = Image.Identify(Library, stream) ?? throw new UnknownImageFormatException("no header");
        limits.Check(header.Width, header.Height);
        limits.CheckBytes(header.Width, header.Height, header.PixelType.BitsPerPixel / 8);

        // As stored, as the library gives it, and as it comes out.
        var bytes = (long)header.Width * header.Height * ((header.PixelType.BitsPerPixel / 8) + 4 + 3);
        return budget.Hold(bytes, () => Load(content, decoder, limits, cancellationToken), cancellationToken);
    }

    private static RgbImage Load(IMediaContent content, ILibraryDecoder decoder, ImageLimits limits, CancellationToken cancellationToken)
    {
        using var stream = content.OpenRead();

        // From a stream that can seek everything is decoded within the call; only this form looks at the token.
        using var image = Image.LoadAsync<Rgba32>(Library, stream, decoder, cancellationToken).GetAwaiter().GetResult();
        limits.Check(image.Width, image.Height);
        image.Mutate(picture => picture.AutoOrient());
        return OverWhite(image, cancellationToken);
    }

    private static RgbImage OverWhite(Image<Rgba32> image, CancellationToken cancellationToken)
    {
        var result = new RgbImage(image.Width, image.Height);
        try
        {
            image.ProcessPixelRows(rows =>
            {
                for (var y = 0; y < rows.Height; y++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    OverWhite(rows.GetRowSpan(y), result.Pixels.Slice(y * rows.Width * 3, rows.Width * 3));
                }
            });
            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    private static void OverWhite(ReadOnlySpan<Rgba32> source, Span<byte> target)
    {
        for (var x = 0; x < source.Length; x++)
        {
            var pixel = source[x];
            target[x * 3] = OverWhite(pixel.R, pixel.A);
            target[(x * 3) + 1] = OverWhite(pixel.G, pixel.A);
            target[(x * 3) + 2] = OverWhite(pixel.B, pixel.A);
        }
    }

    private static byte OverWhite(int value, int alpha) => (byte)(((value * alpha) + (byte.MaxValue * (byte.MaxValue - alpha)) + 127) / 255);
}
