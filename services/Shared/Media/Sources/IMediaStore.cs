using Sensorium.Core.Media;

namespace Sensorium.Media.Sources;

/// <summary>Keeps media as temporary files under their SHA-256, for a sliding lifetime and within a byte budget.</summary>
public interface IMediaStore
{
    /// <summary>Opens kept content and prolongs its life; null if it is not, or no longer, here. Content in use is never evicted.</summary>
    /// <param name="sha256">Lower-case hexadecimal.</param>
    /// <param name="owner">Only what this caller uploaded is found; null finds everything.</param>
    IMediaContent? TryOpen(string sha256, string? owner = null);

    /// <summary>
    /// Keeps content until the time that it answers, whatever else needs room; null if it is not here. For uploads: their
    /// callers are told that time.
    /// </summary>
    /// <param name="sha256">Lower-case hexadecimal.</param>
    /// <param name="owner">Only what this caller uploaded is found: nobody learns from a hash what others sent.</param>
    StoredMedia? Keep(string sha256, string owner);

    /// <summary>
    /// Begins an upload. Throws MEDIA_TOO_LARGE if the announced size is over the limit or cannot be made room for.
    /// </summary>
    /// <param name="announcedBytes">0 if unknown.</param>
    /// <param name="announcedSha256">Checked at completion if set; lower-case hexadecimal.</param>
    /// <param name="owner">Who uploads; null if no caller may refer to it.</param>
    IMediaUpload BeginUpload(long announcedBytes = 0, string? announcedSha256 = null, string? owner = null);
}

/// <summary>One upload. Disposed before completion, it leaves nothing behind.</summary>
public interface IMediaUpload : IAsyncDisposable
{
    /// <summary>Throws MEDIA_TOO_LARGE as soon as the limit is passed.</summary>
    ValueTask WriteAsync(ReadOnlyMemory<byte> chunk, CancellationToken cancellationToken);

    /// <summary>Makes the content visible. Throws EMPTY_MEDIA or HASH_MISMATCH.</summary>
    ValueTask<StoredMedia> CompleteAsync(CancellationToken cancellationToken);
}

/// <param name="Sha256">Lower-case hexadecimal, 64 characters.</param>
/// <param name="ExpiresAt">Every use prolongs it. Content that nobody asked to keep leaves earlier if others need its room.</param>
public sealed record StoredMedia(string Sha256, long SizeBytes, DateTimeOffset ExpiresAt);
