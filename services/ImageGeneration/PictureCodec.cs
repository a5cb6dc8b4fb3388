using Microsoft.Extensions.Options;
using Sensorium.Core.Diffusion;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Media.Imaging;

namespace Sensorium.ImageGeneration;

/// <summary>Reads any picture that Sensorium reads, and writes PNG.</summary>
internal sealed class PictureCodec(IMediaResolver resolver, IImageDecoder decoder, IOptions<ImagingOptions> options) : IPictureCodec
{
    private const int Colours = 3;
    private const float HalfRange = 127.5f;

    public async Task<float[]> ReadAsync(MediaItem item, int width, int height, CancellationToken cancellationToken)
    {
        try
        {
            await using var content = await resolver.ResolveAsync(item.Source, cancellationToken);
            using var picture = decoder.Decode(content, options.Value.Limits, 0, 0, cancellationToken);
            return Cover(picture, width, height, options.Value.MaxPixels, cancellationToken);
        }
        catch (SensoriumException error)
        {
            throw error.At(item.ItemId, "image");
        }
    }

    public byte[] Write(ReadOnlySpan<float> pixels, int width, int height)
    {
        var rgb = new byte[pixels.Length];
        var plane = width * height;
        for (var i = 0; i < plane; i++)
        {
            for (var colour = 0; colour < Colours; colour++)
            {
                var value = (pixels[(colour * plane) + i] + 1) * HalfRange;
                rgb[(i * Colours) + colour] = float.IsNaN(value)
                    ? throw SensoriumException.ModelFault("The model made pixels that are not numbers.")
                    : (byte)Math.Clamp(MathF.Round(value), byte.MinValue, byte.MaxValue);
            }
        }

        return PngWriter.Write(rgb, width, height);
    }

    // Scaled until it covers the size; what is over at two sides is left out.
    private static float[] Cover(RgbImage picture, int width, int height, long maxPixels, CancellationToken cancellationToken)
    {
        var scale = Math.Max((double)width / picture.Width, (double)height / picture.Height);
        if (picture.Width * scale * picture.Height * scale > maxPixels)
        {
            throw SensoriumException.Invalid(
                ErrorReasons.TooManyPixels,
                $"The picture has {picture.Width} x {picture.Height} pixels; scaled until it covers {width} x {height} it would have more than the {maxPixels} that are allowed.");
        }

        var (wide, high) = (Math.Max(width, (int)Math.Round(picture.Width * scale)), Math.Max(height, (int)Math.Round(picture.Height * scale)));
        using var scaled = SeparableResizer.Resize(picture, wide, high, ResampleFilter.Lanczos, cancellationToken);
        var (left, top, plane) = ((wide - width) / 2, (high - height) / 2, width * height);
        var pixels = new float[Colours * plane];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                for (var colour = 0; colour < Colours; colour++)
                {
                    pixels[(colour * plane) + (y * width) + x] = (scaled.Pixels[((((top + y) * wide) + left + x) * Colours) + colour] / HalfRange) - 1;
                }
            }
        }

        return pixels;
    }
}
