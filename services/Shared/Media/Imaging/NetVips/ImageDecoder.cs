using NetVips;
using Sensorium.Core.Media;

namespace Sensorium.Media.Imaging;

/// <summary>
/// Decodes with libvips. The only file that knows NetVips. ICC profiles are ignored for RGB, as the reference processors
/// ignore them; transparent pixels are laid over white.
/// </summary>
internal sealed class ImageDecoder(DecodingBudget budget) : IImageDecoder
{
    private const int LargestJpegShrink = 8;
    private static readonly double[] White = [255, 255, 255];

    static ImageDecoder()
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

    public string? Variant => null;

    public RgbImage Decode(IMediaContent content, ImageLimits limits, int minWidth, int minHeight, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var mediaType = PictureFormat.Identify(content);
        long bytes = 0;
        try
        {
            return Decode(content, mediaType, limits, minWidth, minHeight, ref bytes, cancellationToken);
        }
        catch (VipsException)
        {
            // What the exception says may be about another medium: libvips has one text for the process.
            cancellationToken.ThrowIfCancellationRequested();
            throw NativeMemoryOwner.IsAvailable(bytes) ? PictureFormat.Failure(content, mediaType) : MediaError.OutOfMemory();
        }
    }

    private RgbImage Decode(
        IMediaContent content,
        string mediaType,
        ImageLimits limits,
        int minWidth,
        int minHeight,
        ref long bytes,
        CancellationToken cancellationToken)
    {
        using var header = Open(content, mediaType, []);
        limits.Check(header.Width, header.Height);
        var bytesPerPixel = (long)header.Bands * BytesOf(header.Format);
        limits.CheckBytes(header.Width, header.Height, bytesPerPixel);
        bytes = (long)header.Width * header.Height * bytesPerPixel;
        var shrink = mediaType == "image/jpeg" ? JpegShrink(header, minWidth, minHeight) : 1;

        // As stored and as it comes out: most formats, and progressive JPEG also when it is shrunk, are kept whole.
        return budget.Hold(bytes + ((long)header.Width * header.Height * 3), Load, cancellationToken);

        RgbImage Load()
        {
            if (shrink == 1)
            {
                return Convert(header, cancellationToken);
            }

            using var reduced = Open(content, mediaType, new VOption { { "shrink", shrink } });
            return Convert(reduced, cancellationToken);
        }
    }

    // libvips looks at the major brand of an AVIF or HEIC file alone, its loader at all of them.
    private static Image Open(IMediaContent content, string mediaType, VOption options) => (content.FilePath, mediaType) switch
    {
        ({ } path, "image/avif" or "image/heic") => Image.Heifload(path, access: Enums.Access.Sequential, failOn: Enums.FailOn.Error),
        ({ } path, _) => Image.NewFromFile(path, access: Enums.Access.Sequential, failOn: Enums.FailOn.Error, kwargs: options),
        (null, "image/avif" or "image/heic") =>
            Image.HeifloadBuffer(content.Memory!.Value.ToArray(), access: Enums.Access.Sequential, failOn: Enums.FailOn.Error),
        _ => Image.NewFromBuffer(content.Memory!.Value.Span, "", Enums.Access.Sequential, Enums.FailOn.Error, options),
    };

    private static int BytesOf(Enums.BandFormat format) => format switch
    {
        Enums.BandFormat.Uchar or Enums.BandFormat.Char => 1,
        Enums.BandFormat.Ushort or Enums.BandFormat.Short => 2,
        Enums.BandFormat.Uint or Enums.BandFormat.Int or Enums.BandFormat.Float => 4,
        Enums.BandFormat.Dpcomplex => 16,
        _ => 8,
    };

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
    private static RgbImage Convert(Image decoded, CancellationToken cancellationToken)
    {
        // Looked at before each strip of rows, also by what is made from this image.
        using var kill = cancellationToken.Register(() => decoded.SetKill(true));
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
