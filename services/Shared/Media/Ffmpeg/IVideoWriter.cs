using Sensorium.Core.Media;

namespace Sensorium.Media.Ffmpeg;

/// <summary>Makes clips of pictures.</summary>
public interface IVideoWriter
{
    /// <summary>Begins a clip. Disposed before it is read, it leaves nothing behind.</summary>
    IVideoDraft Begin(int width, int height, double framesPerSecond);
}

/// <summary>A clip that is written.</summary>
public interface IVideoDraft : IAsyncDisposable
{
    /// <param name="rgb">[height, width, 3], row major.</param>
    /// <param name="cancellationToken">Of the caller.</param>
    Task AddAsync(ReadOnlyMemory<byte> rgb, CancellationToken cancellationToken);

    /// <summary>The whole clip as MP4 in fragments, block by block; a block is valid until the next one is asked for.</summary>
    /// <param name="sound">Its sound track; null for none. What is longer than the pictures is cut off.</param>
    /// <param name="cancellationToken">Of the caller.</param>
    IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(IMediaContent? sound, CancellationToken cancellationToken);
}
