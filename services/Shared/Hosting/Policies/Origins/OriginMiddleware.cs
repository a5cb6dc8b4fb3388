using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Sensorium.Core.Errors;
using Sensorium.Hosting.Policies.Keys;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Policies.Origins;

/// <summary>
/// Keeps pages of strangers out of a host that listens on this machine alone and asks for no keys. A browser of this machine reaches
/// it, so a page could: under a name of its own that leads to 127.0.0.1 (DNS rebinding), or from another origin. Where keys are asked
/// for, such a page has none.
/// </summary>
internal sealed class OriginMiddleware(RequestDelegate next, ApiKeys keys, IOptions<HostingOptions> options)
{
    private readonly bool _isOfThisMachine = IPAddress.TryParse(options.Value.Address, out var address) && IPAddress.IsLoopback(address);
    private readonly HashSet<string> _allowed = new(options.Value.AllowedHosts, StringComparer.OrdinalIgnoreCase);

    public Task InvokeAsync(HttpContext context)
    {
        // Browsers do not speak gRPC.
        if (_isOfThisMachine && !keys.AreAskedFor && !RequestKind.IsGrpc(context.Request))
        {
            Check(context.Request);
        }

        return next(context);
    }

    private void Check(HttpRequest request)
    {
        if (!IsLocal(request.Host.Host) && !_allowed.Contains(request.Host.Host))
        {
            throw Refused($"The host name \"{Shorten(request.Host.Host)}\" is not one of this machine");
        }

        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0 && !IsAllowed(origin, request.Host))
        {
            throw Refused($"The call comes from a page of \"{Shorten(origin)}\"");
        }
    }

    // A page of this machine may come from another port, as one that is being developed.
    private bool IsAllowed(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && (IsLocal(uri.IdnHost) || _allowed.Contains(uri.IdnHost) || uri.Authority.Equals(host.Value, StringComparison.OrdinalIgnoreCase));

    private static bool IsLocal(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static string Shorten(string text) => text.Length <= 100 ? text : text[..100] + "…";

    private static SensoriumException Refused(string why) => new(
        ErrorCode.PermissionDenied,
        ErrorReasons.OriginNotAllowed,
        $"{why}, and this host asks for no keys; name it in {HostingOptions.Section}:{nameof(HostingOptions.AllowedHosts)}, or ask for keys.");
}
