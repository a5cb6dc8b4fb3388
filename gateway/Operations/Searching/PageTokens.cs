using System.Buffers.Text;
using System.Security.Cryptography;
using Sensorium.Core.Errors;

namespace Sensorium.Gateway.Operations.Searching;

/// <summary>Says where the next page begins, and of which request it is the next page.</summary>
internal static class PageTokens
{
    private const int DigestBytes = 8;

    /// <param name="place">Where the next page begins.</param>
    /// <param name="request">Everything that must be the same on every page.</param>
    public static string Write(string place, ReadOnlySpan<byte> request) =>
        Base64Url.EncodeToString([.. SHA256.HashData(request).AsSpan(0, DigestBytes), .. System.Text.Encoding.UTF8.GetBytes(place)]);

    /// <summary>Null for an empty token, which means the first page.</summary>
    /// <exception cref="SensoriumException">INVALID_PAGE_TOKEN.</exception>
    public static string? Read(string token, ReadOnlySpan<byte> request)
    {
        if (token.Length == 0)
        {
            return null;
        }

        var bytes = new byte[Base64Url.GetMaxDecodedLength(token.Length)];
        return Base64Url.IsValid(token) && Base64Url.TryDecodeFromChars(token, bytes, out var length) && length > DigestBytes
            && bytes.AsSpan(0, DigestBytes).SequenceEqual(SHA256.HashData(request).AsSpan(0, DigestBytes))
            ? System.Text.Encoding.UTF8.GetString(bytes, DigestBytes, length - DigestBytes)
            : throw SensoriumException.Invalid(
                ErrorReasons.InvalidPageToken, "page_token is not of this request; repeat the request of the page before, and add its token alone.", "page_token");
    }
}
