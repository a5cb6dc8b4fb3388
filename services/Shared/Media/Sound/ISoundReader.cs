using Sensorium.Core.Media;
using Sensorium.Media.Ffmpeg;

namespace Sensorium.Media.Sound;

/// <summary>Decodes the sound track of any container as mono samples.</summary>
public interface ISoundReader
{
    /// <summary>
    /// Blocks of <paramref name="blockSamples"/> samples in [-1, 1) at <paramref name="sampleRate"/> Hz, the last one
    /// shorter; the block is valid until the next one is asked for. Throws NO_SUCH_TRACK if there is no sound.
    /// </summary>
    IAsyncEnumerable<ReadOnlyMemory<float>> ReadAsync(
        IMediaContent content,
        TimeRange? range,
        int sampleRate,
        int blockSamples,
        DecodingReport? report,
        CancellationToken cancellationToken);
}
