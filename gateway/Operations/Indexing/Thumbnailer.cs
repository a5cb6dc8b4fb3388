using System.IO.Compression;
using Microsoft.Extensions.Options;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Gateway.Intake;
using Sensorium.Media.Ffmpeg;
using Sensorium.Media.Imaging;

namespace Sensorium.Gateway.Operations.Indexing;

/// <summary>Makes the small picture that is kept of a picture, or of the middle of a video.</summary>
internal sealed class Thumbnailer(IImageDecoder pictures, IMediaProber prober, IFrameReader frames, IOptions<ImagingOptions> options)
{
    /// <summary>Of the longer side.</summary>
    public const int Side = 96;

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    /// <summary>A PNG; empty for what has no picture, and where none can be made: an item is not lost for that.</summary>
    public async Task<byte[]> MakeAsync(ReceivedMedia medium, CancellationToken cancellationToken)
    {
        var shows = medium.Item is { Modality: Modality.Image } or { Modality: Modality.Video, Track: MediaTrack.Default or MediaTrack.Frames };
        if (medium.Content is not { } content || !shows)
        {
            return [];
        }

        try
        {
            using var picture = medium.Item!.Modality == Modality.Image
                ? pictures.Decode(content, options.Value.Limits, Side, Side, cancellationToken)
                : await MiddleAsync(content, medium.Item.Range, cancellationToken);
            return picture is null ? [] : Shrink(picture, cancellationToken);
        }
        catch (SensoriumException)
        {
            return [];
        }
    }

    private async Task<RgbImage?> MiddleAsync(IMediaContent content, TimeRange? range, CancellationToken cancellationToken)
    {
        var probe = await prober.ProbeAsync(content, cancellationToken);
        if (probe.Video is null)
        {
            return null;
        }

        var start = range?.Start ?? TimeSpan.Zero;
        var middle = start + (((range?.End ?? probe.Duration ?? start) - start) / 2);
        await using var shown = frames.ReadAsync(content, probe, middle, middle + Moment, 1, null, cancellationToken).GetAsyncEnumerator(cancellationToken);
        return await shown.MoveNextAsync() ? shown.Current : null;
    }

    private static byte[] Shrink(RgbImage picture, CancellationToken cancellationToken)
    {
        var scale = Math.Min(1, Side / (double)Math.Max(picture.Width, picture.Height));
        using var small = SeparableResizer.Resize(
            picture, Math.Max(1, (int)(picture.Width * scale)), Math.Max(1, (int)(picture.Height * scale)), ResampleFilter.Bilinear, cancellationToken);
        return PngWriter.Write(small.Pixels, small.Width, small.Height, CompressionLevel.Optimal);
    }
}
