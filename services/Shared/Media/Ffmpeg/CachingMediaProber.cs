using System.Collections.Concurrent;
using Sensorium.Core.Media;

namespace Sensorium.Media.Ffmpeg;

/// <summary>
/// Remembers descriptions by content. One video is asked about again and again: when its kind is told, by its frames, its
/// sound and its subtitles; each answer is a process of about 80 ms.
/// </summary>
internal sealed class CachingMediaProber(IMediaProber inner) : IMediaProber
{
    /// <summary>A description takes less than a kilobyte. A full cache starts anew.</summary>
    private const int Capacity = 1024;

    private readonly ConcurrentDictionary<string, MediaProbe> _known = new();

    public async Task<MediaProbe> ProbeAsync(IMediaContent content, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(content.Sha256, out var probe))
        {
            return probe;
        }

        probe = await inner.ProbeAsync(content, cancellationToken);
        if (_known.Count >= Capacity)
        {
            _known.Clear();
        }

        _known[content.Sha256] = probe;
        return probe;
    }

    public Task<TrackSpan?> MeasureAsync(IMediaContent content, int stream, CancellationToken cancellationToken) =>
        inner.MeasureAsync(content, stream, cancellationToken);
}
