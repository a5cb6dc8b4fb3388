using System.Globalization;
using System.Net.Http.Headers;

namespace Sensorium.Cli.Commands.Models.Pull;

/// <summary>What a hub says of a file that lies elsewhere.</summary>
internal sealed class LinkedFile
{
    private const int Sha256Digits = 64;

    /// <summary>Null if the hub did not say.</summary>
    public string? Sha256 { get; private set; }

    /// <summary>Null if the hub did not say.</summary>
    public long? Size { get; private set; }

    public void Read(HttpResponseHeaders headers)
    {
        if (headers.TryGetValues("X-Linked-Etag", out var tags) && tags.First().Trim('"') is { Length: Sha256Digits } digest && digest.All(char.IsAsciiHexDigit))
        {
            Sha256 = digest.ToLowerInvariant();
        }

        if (headers.TryGetValues("X-Linked-Size", out var sizes) && long.TryParse(sizes.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var size))
        {
            Size = size;
        }
    }
}
