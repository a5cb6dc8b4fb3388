using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Sensorium.Core.Media;
using Sensorium.Media.Imaging;
using Sensorium.Media.Sources;

namespace Sensorium.Media.Ffmpeg;

/// <summary>
/// Frames cross the pipe at full size and are reduced by the same code as pictures: ffmpeg's scaler reduces before it converts
/// to RGB, with another kernel, and models see the difference.
/// </summary>
internal sealed class FrameReader(FfmpegRunner runner, StoreFolder folder, IOptions<ImagingOptions> imaging) : IFrameReader
{
    private static readonly TimeSpan DefaultFrame = TimeSpan.FromSeconds(1.0 / 25);

    public async IAsyncEnumerable<RgbImage> ReadAsync(
        IMediaContent content,
        MediaProbe probe,
        TimeSpan from,
        TimeSpan until,
        int count,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var track = probe.Video ?? throw MediaError.NoSuchTrack("The medium has no video track.");
        imaging.Value.Limits.Check(track.Width, track.Height);
        await using var file = await MediaFile.OpenAsync(content, folder, cancellationToken);
        await using var process = await runner.StartFfmpegAsync(Command(file.Path, track, from, until, count), cancellationToken);
        var any = false;
        for (var i = 0; i < count; i++)
        {
            var image = new RgbImage(track.Width, track.Height);
            if (!await TryFillAsync(process, image))
            {
                break;
            }

            any = true;
            yield return image;
        }

        // What was decoded before an error is used; nothing at all is the medium's fault.
        if (!any)
        {
            throw MediaProber.Explain(await process.FinishAsync() ?? "no frame in the span");
        }
    }

    private static async Task<bool> TryFillAsync(FfmpegProcess process, RgbImage image)
    {
        var complete = false;
        try
        {
            complete = await process.ReadBlockAsync(image.Memory) == image.Memory.Length;
            return complete;
        }
        finally
        {
            if (!complete)
            {
                image.Dispose();
            }
        }
    }

    private string Command(string path, VideoTrack track, TimeSpan from, TimeSpan until, int count)
    {
        var limits = new FrameLimits(runner.Options.ThreadsPerProcess, imaging.Value.MaxPixels);
        var frame = track.FrameRate > 0 ? TimeSpan.FromSeconds(1 / track.FrameRate) : DefaultFrame;
        var last = until - (frame / 2);
        var step = count > 1 && last > from ? (last - from) / (count - 1) : TimeSpan.FromMilliseconds(1);
        if (step <= runner.Options.SeekStep)
        {
            return FfmpegCommands.NearFrames(path, track, from, until, step, count, limits);
        }

        // Seeking finds the next frame, so the last moment must leave room for one.
        var moments = Enumerable.Range(0, count).Select(i => i < count - 1 ? from + (step * i) : last - (2 * frame));
        return FfmpegCommands.FarFrames(path, track, [.. moments], limits);
    }
}
