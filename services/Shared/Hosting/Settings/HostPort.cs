using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Sensorium.Hosting.Settings;

/// <summary>"host:port", where the host may be a bracketed IPv6 address.</summary>
internal static class HostPort
{
    public static bool TryParse(string text, [NotNullWhen(true)] out string? host, out int port)
    {
        (host, port) = (null, 0);
        var colon = text.LastIndexOf(':');
        if (colon <= 0
            || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port)
            || port is < 1 or > 65_535)
        {
            return false;
        }

        var name = text[..colon];
        var bare = name.StartsWith('[') && name.EndsWith(']') ? name[1..^1] : name;
        if (Uri.CheckHostName(bare) == UriHostNameType.Unknown)
        {
            return false;
        }

        host = bare;
        return true;
    }
}
