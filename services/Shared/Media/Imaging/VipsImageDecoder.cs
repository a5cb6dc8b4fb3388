using NetVips;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Media.Sniffing;

namespace Sensorium.Media.Imaging;

/// <summary>
/// Decodes with libvips. The only file that knows NetVips. ICC profiles are ignored for RGB, as the reference processors
/// ignore them; transparent pixels are laid over white.
/// </summary>
internal sealed class VipsImageDecoder : IImageDecoder
{
    private const int LargestJpegShrink = 8;
    private static readonly double[] White = [255, 255, 255];

    static VipsImageDecoder()
    {
        // Pictures are decoded side by side on bounded workers: threads and caches inside one would only compete. Loaders
        // that libvips itself calls unsafe with foreign input stay off.
        NetVips.NetVips.Concurrency = 1;
        NetVips.NetVips.BlockUntrusted = true;
        Cache.Max = 0;
        Cache.MaxMem = 0;
        Cache.MaxFiles = 0;

        // What it would write to standard error comes as an exception as well.
        Log.SetLogHandler("VIPS", Enums.LogLevelFlags.Warning, (_, _, _) => { });
    }

    public RgbImage Decode(IMediaContent content, long maxPixels, int minWidth, int minHeight, CancellationToken cancellationToken)
    {
        if (content.SizeBytes == 0)
        {
            throw MediaError.Empty();
        }

        cancellationToken.ThrowIfCancellationRequested();
        var type = MagicNumbers.Identify(content);
        if (type is not { Modality: Modality.Image })
        {
            throw MediaError.Undecodable($"This is not a picture of a known format (its first bytes are {MagicNumbers.Describe(content)}).");
        }

        if (type.MediaType == "image/bmp")
        {
            throw MediaError.Undecodable("BMP pictures are not read; send PNG, JPEG, WebP, GIF, TIFF or AVIF.");
        }

        try
        {
            return Decode(content, type.MediaType, maxPixels, minWidth, minHeight);
        }
        catch (VipsException exception)
        {
            throw Translate(exception, type.MediaType);
        }
    }

    private static RgbImage Decode(IMediaContent content, string mediaType, long maxPixels, int minWidth, int minHeight)
    {
        using var header = Open(content, []);
        var pixels = (long)header.Width * header.Height;
        if (pixels > maxPixels)
        {
            throw MediaError.TooManyPixels(header.Width, header.Height, maxPixels);
        }

        var shrink = mediaType == "image/jpeg" ? JpegShrink(header, minWidth, minHeight) : 1;
        if (shrink == 1)
        {
            return Convert(header);
        }

        using var reduced = Open(content, new VOption { { "shrink", shrink } });
        return Convert(reduced);
    }

    private static Image Open(IMediaContent content, VOption options) => content.FilePath is { } path
        ? Image.NewFromFile(path, access: Enums.Access.Sequential, failOn: Enums.FailOn.Error, kwargs: options)
        : Image.NewFromBuffer(content.Memory!.Value.Span, "", Enums.Access.Sequential, Enums.FailOn.Error, options);

    private static int JpegShrink(Image header, int minWidth, int minHeight)
    {
        if (minWidth <= 0 || minHeight <= 0)
        {
            return 1;
        }

        // The smaller side decides for both, so that the header's orientation need not be looked at.
        var smaller = Math.Min(header.Width, header.Height);
        var wanted = Math.Max(minWidth, minHeight);
        var shrink = 1;
        while (shrink < LargestJpegShrink && smaller / (shrink * 2) >= wanted)
        {
            shrink *= 2;
        }

        return shrink;
    }

    // Each step is only taken where it changes something: building a step of libvips costs as much as decoding a thumbnail.
    private static RgbImage Convert(Image decoded)
    {
        using var steps = new Steps(decoded);
        if (decoded.Contains("orientation") && decoded.Get("orientation") is int and > 1)
        {
            // Turning needs all rows at once, and a sequential image gives each only once.
            steps.Take(image => image.CopyMemory());
            steps.Take(image => image.Autorot());
        }

        steps.TakeIf(steps.Last.Interpretation != Enums.Interpretation.Srgb, image => image.Colourspace(Enums.Interpretation.Srgb));
        steps.TakeIf(steps.Last.HasAlpha(), image => image.Flatten(background: White));
        steps.TakeIf(steps.Last.Format != Enums.BandFormat.Uchar, image => image.Cast(Enums.BandFormat.Uchar));
        steps.TakeIf(steps.Last.Bands != 3, image => image.ExtractBand(0, n: 3));
        var pointer = steps.Last.WriteToMemory(out var size);
        return new RgbImage(steps.Last.Width, steps.Last.Height, new NativeMemoryOwner(pointer, checked((int)size), NetVips.NetVips.Free));
    }

    private static SensoriumException Translate(VipsException exception, string mediaType)
    {
        var detail = exception.Message.ReplaceLineEndings(" ").Trim();
        string[] signs = ["premature end", "truncated", "end of stream", "unexpected end", "read error", "not enough data", "eof"];
        return signs.Any(sign => detail.Contains(sign, StringComparison.OrdinalIgnoreCase))
            ? MediaError.Truncated($"The picture ({mediaType}) ends too early: {detail}", exception)
            : MediaError.Undecodable($"The picture ({mediaType}) cannot be decoded: {detail}", exception);
    }

    /// <summary>A chain of images, each made from the one before. The first is not owned.</summary>
    private sealed class Steps(Image first) : IDisposable
    {
        private readonly List<Image> _made = [];

        public Image Last => _made.Count > 0 ? _made[^1] : first;

        public void Take(Func<Image, Image> step) => _made.Add(step(Last));

        public void TakeIf(bool needed, Func<Image, Image> step)
        {
            if (needed)
            {
                Take(step);
            }
        }

        public void Dispose()
        {
            for (var i = _made.Count - 1; i >= 0; i--)
            {
                _made[i].Dispose();
            }
        }
    }
}
