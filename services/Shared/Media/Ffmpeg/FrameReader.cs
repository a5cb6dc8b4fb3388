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
    public async IAsyncEnumerable<RgbImage> ReadAsync(
        IMediaContent content,
        MediaProbe probe,
        TimeSpan from,
        TimeSpan until,
        int count,
        DecodingReport? report,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var track = probe.Video ?? throw MediaError.NoSuchTrack("The medium has no video track.");
        imaging.Value.Limits.Check(track.Width, track.Height);
        await using var file = await MediaFile.OpenAsync(content, folder, cancellationToken);
        foreach (var run in FrameMoments.Runs(track, from, until, count, runner.Options.SeekStep))
        {
            await foreach (var image in ReadRunAsync(file.Path, probe, track, run, report, cancellationToken))
            {
                yield return image;
            }
        }
    }

    // Seeking may land behind the moment, or where decoding cannot begin: the moment of the first frame tells. Then decoding
    // begins further back, in the end at the beginning.
    private async IAsyncEnumerable<RgbImage> ReadRunAsync(
        string path, MediaProbe probe, VideoTrack track, IReadOnlyList<TimeSpan> moments, DecodingReport? report, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var seek in FrameMoments.Seeks(probe, track, moments[0]))
        {
            var limits = new FrameLimits(runner.Options.ThreadsPerProcess, imaging.Value.MaxPixels);
            await using var process = await runner.StartFfmpegAsync(FfmpegCommands.Frames(path, track, moments, seek, limits), cancellationToken);
            var image = await TryReadAsync(process, track);
            if (seek is not null && (image is null || await process.Errors.FirstMoment is not <= 0))
            {
                image?.Dispose();
                continue;
            }

            if (image is null)
            {
                throw MediaProber.Explain(await process.FinishAsync() ?? "no frame in the span");
            }

            for (var left = moments.Count; image is not null; image = --left > 0 ? await TryReadAsync(process, track) : null)
            {
                yield return image;
            }

            // What was decoded before an error is used, and told.
            var problem = await process.FinishAsync();
            report?.Add(process.Errors, problem);
            yield break;
        }
    }

    private static async Task<RgbImage?> TryReadAsync(FfmpegProcess process, VideoTrack track)
    {
        var image = new RgbImage(track.Width, track.Height);
        var complete = false;
        try
        {
            complete = await process.ReadBlockAsync(image.Memory) == image.Memory.Length;
            return complete ? image : null;
        }
        finally
        {
            if (!complete)
            {
                image.Dispose();
            }
        }
    }
}
