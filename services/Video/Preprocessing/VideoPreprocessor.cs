using System.Buffers;
using System.Runtime.CompilerServices;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Media;
using Sensorium.Media.Ffmpeg;
using Sensorium.Media.Imaging;

namespace Sensorium.Video.Preprocessing;

/// <summary>
/// A video to clips of evenly spaced frames, [frames, 3, height, width] each, one clip at a time: memory does not grow with
/// the length of the video.
/// </summary>
internal sealed class VideoPreprocessor(IFrameReader reader, IMediaProber prober, PictureProcessor processor, ClipPlan plan) : IMediaPreprocessor
{
    /// <summary>Raised whenever this code's output changes for equal parameters.</summary>
    private const int FormatVersion = 1;

    /// <summary>Side of the square that a vision transformer calls a patch; what the batcher counts.</summary>
    private const int PatchSide = 16;

    public string Digest { get; } = ParameterDigest.Of(new { FormatVersion, Pictures = processor.Digest, Plan = plan });

    public async IAsyncEnumerable<PreparedSegment> PrepareAsync(
        MediaItem item,
        IMediaContent content,
        PreprocessingRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (item.Track is not (MediaTrack.Default or MediaTrack.Frames))
        {
            throw SensoriumException.Invalid(
                ErrorReasons.UnsupportedTrack, $"The video encoder reads track {MediaTrack.Frames} of a video; {item.Track} was asked for.");
        }

        SegmentChoice.Validate(item.Range);
        var probe = await prober.ProbeAsync(content, cancellationToken);
        foreach (var clip in plan.Choose(probe, item.Range, request))
        {
            yield return await PrepareAsync(content, probe, clip, cancellationToken);
        }
    }

    private async Task<PreparedSegment> PrepareAsync(IMediaContent content, MediaProbe probe, TimeRange clip, CancellationToken cancellationToken)
    {
        var (frames, length) = (plan.FramesPerClip, processor.OutputLength);
        var owner = MemoryPool<float>.Shared.Rent(frames * length);
        try
        {
            var count = 0;
            await foreach (var image in reader.ReadAsync(content, probe, clip.Start, clip.End!.Value, frames, cancellationToken))
            {
                using (image)
                {
                    processor.Process(image, owner.Memory.Span.Slice(count++ * length, length), cancellationToken);
                }
            }

            // A clip with fewer frames repeats its last one, as in training.
            for (; count < frames; count++)
            {
                owner.Memory.Span.Slice((count - 1) * length, length).CopyTo(owner.Memory.Span[(count * length)..]);
            }
        }
        catch
        {
            owner.Dispose();
            throw;
        }

        var config = processor.Config;
        var input = new FloatInput([frames, 3, config.OutputHeight, config.OutputWidth], owner.Memory[..(frames * length)]) { Owner = owner };
        return new PreparedSegment(clip, input, frames * config.OutputWidth * config.OutputHeight / (PatchSide * PatchSide));
    }
}
