using Sensorium.Core.Media;

namespace Sensorium.Media.Sources;

/// <summary>Fetches https: and data: URIs. For the gateway alone: encoders never see a URI.</summary>
public interface IUriFetcher
{
    /// <summary>
    /// Throws INVALID_URI, URI_NOT_ALLOWED (scheme, host, private address), URI_FETCH_FAILED, MEDIA_TOO_LARGE or EMPTY_MEDIA.
    /// </summary>
    Task<FetchedMedia> FetchAsync(string uri, CancellationToken cancellationToken);

    /// <summary>As of the data: URI that it was. Throws MEDIA_TOO_LARGE.</summary>
    FetchedMedia Take(DataSource data);
}

/// <param name="Source">
/// An <see cref="InlineSource"/> if it is small enough to travel with requests, else a <see cref="ReferenceSource"/> into the
/// store of this process.
/// </param>
/// <param name="MediaType">As announced by the server; null if it was not.</param>
public sealed record FetchedMedia(MediaSource Source, string? MediaType);
