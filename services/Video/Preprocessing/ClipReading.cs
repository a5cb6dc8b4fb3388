using System.Buffers;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Media.Ffmpeg;
using Sensorium.Media.Imaging;

namespace Sensorium.Video.Preprocessing;

/// <summary>Reads the clips of one video and keeps what was wrong with it.</summary>
internal sealed class ClipReading(IFrameReader reader, IMediaContent content, MediaProbe probe, IFrameLayout layout, int frames)
{
    private readonly DecodingReport _report = new();
    private TimeSpan? _end;

    /// <summary>The video was announced to be longer than it is.</summary>
    public void EndsAt(TimeSpan end) => _end = end;

    public async Task<PreparedClip> PrepareAsync(TimeRange clip, CancellationToken cancellationToken)
    {
        IMemoryOwner<float>? owner = null;
        RgbImage? last = null;
        try
        {
            var (count, shape) = (0, Array.Empty<int>());
            await foreach (var image in reader.ReadAsync(content, probe, clip.Start, clip.End!.Value, frames, _report, cancellationToken))
            {
                last?.Dispose();
                last = image;
                shape = owner is null ? layout.ShapeOf(image.Width, image.Height) : shape;
                owner ??= MemoryPool<float>.Shared.Rent(shape.Aggregate(1, (product, size) => product * size));
                layout.Write(image, count++, shape, owner.Memory.Span, cancellationToken);
            }

            // A clip with fewer frames repeats its last one, as in training.
            var complete = count == frames && _report.Damage is null;
            for (; count < frames; count++)
            {
                layout.Write(last!, count, shape, owner!.Memory.Span, cancellationToken);
            }

            return new PreparedClip(clip, shape, owner!, complete);
        }
        catch
        {
            owner?.Dispose();
            throw;
        }
        finally
        {
            last?.Dispose();
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
