using System.Buffers;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Media.Ffmpeg;
using Sensorium.Media.Imaging;

namespace Sensorium.Video.Preprocessing;

/// <summary>Reads the clips of one video and keeps what was wrong with it.</summary>
internal sealed class ClipReading(IFrameReader reader, IMediaContent content, MediaProbe probe, PictureProcessor processor, int frames)
{
    private readonly DecodingReport _report = new();
    private TimeSpan? _end;

    /// <summary>The video was announced to be longer than it is.</summary>
    public void EndsAt(TimeSpan end) => _end = end;

    public async Task<PreparedClip> PrepareAsync(TimeRange clip, CancellationToken cancellationToken)
    {
        var length = processor.OutputLength;
        var owner = MemoryPool<float>.Shared.Rent(frames * length);
        try
        {
            var count = 0;
            await foreach (var image in reader.ReadAsync(content, probe, clip.Start, clip.End!.Value, frames, _report, cancellationToken))
            {
                using (image)
                {
                    processor.Process(image, owner.Memory.Span.Slice(count++ * length, length), cancellationToken);
                }
            }

            // A clip with fewer frames repeats its last one, as in training.
            var complete = count == frames && _report.Damage is null;
            for (; count < frames; count++)
            {
                owner.Memory.Span.Slice((count - 1) * length, length).CopyTo(owner.Memory.Span[(count * length)..]);
            }

            return new PreparedClip(clip, owner, complete);
        }
        catch
        {
            owner.Dispose();
            throw;
        }
    }

    public void Report(PreprocessingSummary summary)
    {
        if (_end is { } end)
        {
            summary.Warnings.Add(new MediaWarning(WarningReasons.MediaTruncated, $"The video ends at {end.TotalSeconds:0.#} s, before its announced end."));
        }
        else if (_report.Damage is { } damage)
        {
            summary.Warnings.Add(new MediaWarning(WarningReasons.MediaTruncated, $"The video is damaged; what could be decoded was used: {damage}"));
        }
    }
}
