namespace Sensorium.Core.Media;

/// <summary>Reads media that another process keeps.</summary>
public interface IRemoteMediaReader
{
    /// <summary>
    /// The content in chunks, from <paramref name="offset"/> to the end. Throws NOT_FOUND if the holder no longer has it,
    /// UNAVAILABLE if the holder does not answer, PERMISSION_DENIED if the holder is not one that is trusted. The
    /// caller checks the hash.
    /// </summary>
    /// <param name="source">Its holder must be set.</param>
    IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(ReferenceSource source, long offset, CancellationToken cancellationToken);
}
