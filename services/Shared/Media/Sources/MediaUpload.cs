using System.Security.Cryptography;

namespace Sensorium.Media.Sources;

/// <summary>Writes and hashes an upload; bytes are reserved in the store chunk by chunk, whatever size was announced.</summary>
internal sealed class MediaUpload(MediaStore store, string partPath, string? announcedSha256, string? owner, long maxBytes) : IMediaUpload
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly FileStream _file = new(partPath, new FileStreamOptions
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.Write,
        Options = FileOptions.Asynchronous,
        BufferSize = 0,
    });

    private long _bytes;
    private bool _committed;
    private bool _disposed;

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> chunk, CancellationToken cancellationToken)
    {
        if (_bytes + chunk.Length > maxBytes)
        {
            throw MediaError.TooLarge(_bytes + chunk.Length, maxBytes);
        }

        store.Reserve(chunk.Length);
        _bytes += chunk.Length;
        _hash.AppendData(chunk.Span);
        await _file.WriteAsync(chunk, cancellationToken);
    }

    public async ValueTask<StoredMedia> CompleteAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_bytes == 0)
        {
            throw MediaError.Empty();
        }

        var sha256 = Convert.ToHexStringLower(_hash.GetHashAndReset());
        if (!string.IsNullOrEmpty(announcedSha256) && !string.Equals(announcedSha256, sha256, StringComparison.OrdinalIgnoreCase))
        {
            throw MediaError.HashMismatch(announcedSha256, sha256);
        }

        await _file.DisposeAsync();
        var stored = store.Commit(partPath, sha256, _bytes, owner);
        _committed = true;
        return stored;
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _hash.Dispose();
        await _file.DisposeAsync();
        if (!_committed)
        {
            store.Unreserve(_bytes);
            File.Delete(partPath);
        }
    }
}
