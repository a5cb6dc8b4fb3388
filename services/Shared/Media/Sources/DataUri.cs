using System.Buffers.Text;
using System.Text;
using Sensorium.Core.Errors;

namespace Sensorium.Media.Sources;

/// <summary>Reads data: URIs (RFC 2397): data:[media type][;base64],data.</summary>
internal static class DataUri
{
    public const string Scheme = "data:";

    /// <summary>Throws INVALID_URI or MEDIA_TOO_LARGE.</summary>
    public static (byte[] Data, string? MediaType) Parse(string uri, long maxBytes)
    {
        var comma = uri.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0)
        {
            throw SensoriumException.Invalid(ErrorReasons.InvalidUri, "A data: URI needs a comma before its data.");
        }

        var header = uri[Scheme.Length..comma];
        var isBase64 = header.EndsWith(";base64", StringComparison.OrdinalIgnoreCase);
        var mediaType = isBase64 ? header[..^";base64".Length] : header;
        var payload = uri.AsSpan(comma + 1);
        var bytes = isBase64 ? payload.Length / 4L * 3 : payload.Length;
        if (bytes > maxBytes + 3)
        {
            throw MediaError.TooLarge(bytes, maxBytes);
        }

        return (isBase64 ? FromBase64(payload) : Unescape(payload), mediaType.Length == 0 ? null : mediaType);
    }

    // A medium of many megabytes is the rule here: no second copy of its characters unless they are escaped or in the other alphabet.
    private static byte[] FromBase64(ReadOnlySpan<char> payload)
    {
        // The data may itself be percent-encoded ("%3D" for "=").
        payload = payload.Contains('%') ? Uri.UnescapeDataString(payload) : payload;
        try
        {
            return payload.IndexOfAny('-', '_') >= 0 ? Base64Url.DecodeFromChars(payload) : FromPlainBase64(payload);
        }
        catch (FormatException exception)
        {
            throw SensoriumException.Invalid(ErrorReasons.InvalidUri, "The data of the data: URI is not valid base64.", inner: exception);
        }
    }

    private static byte[] FromPlainBase64(ReadOnlySpan<char> payload)
    {
        if (payload.Length % 4 == 0 && payload.Length > 0)
        {
            var padding = payload.EndsWith("==") ? 2 : payload.EndsWith("=") ? 1 : 0;
            var data = new byte[(payload.Length / 4 * 3) - padding];
            if (Convert.TryFromBase64Chars(payload, data, out var length) && length == data.Length)
            {
                return data;
            }
        }

        // White space, or a fault, which this names.
        return Convert.FromBase64String(payload.ToString());
    }

    private static byte[] Unescape(ReadOnlySpan<char> payload)
    {
        var source = Encoding.UTF8.GetBytes(payload.ToString());
        var target = new byte[source.Length];
        var length = 0;
        for (var i = 0; i < source.Length; i++)
        {
            if (source[i] == '%' && i + 2 < source.Length && char.IsAsciiHexDigit((char)source[i + 1]) && char.IsAsciiHexDigit((char)source[i + 2]))
            {
                target[length++] = Convert.FromHexString([(char)source[i + 1], (char)source[i + 2]])[0];
                i += 2;
            }
            else
            {
                target[length++] = source[i];
            }
        }

        return target[..length];
    }
}
