using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Sensorium.Hosting.Policies.Keys;

/// <summary>
/// Keys of WebSockets: a browser sends no headers of its page's choosing with them, but names of protocols. One that begins with "sensorium.key."
/// goes on with the key in base64url.
/// </summary>
public static class SocketKeys
{
    private const string Prefix = "sensorium.key.";
    private const string Live = "sensorium.live";

    /// <summary>The protocol to answer with; null where the caller named none. A key is not repeated.</summary>
    public static string? AcceptedOf(WebSocketManager sockets) => sockets.WebSocketRequestedProtocols.Contains(Live) ? Live : null;

    /// <summary>Empty if there is none.</summary>
    internal static string KeyOf(HttpRequest request)
    {
        var sockets = request.HttpContext.WebSockets;
        var named = sockets.WebSocketRequestedProtocols.FirstOrDefault(name => name.StartsWith(Prefix, StringComparison.Ordinal));
        return named is not null && Base64Url.IsValid(named.AsSpan(Prefix.Length)) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(named.AsSpan(Prefix.Length))) : "";
    }
}
