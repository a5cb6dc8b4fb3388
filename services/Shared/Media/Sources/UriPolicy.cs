using Sensorium.Core.Errors;

namespace Sensorium.Media.Sources;

/// <summary>Which URIs are fetched, by their text alone. Addresses are <see cref="AddressGuard"/>'s matter.</summary>
internal sealed class UriPolicy(UriFetcherOptions options)
{
    private const int ShownLength = 200;

    /// <summary>Throws INVALID_URI or URI_NOT_ALLOWED.</summary>
    public Uri Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri))
        {
            throw SensoriumException.Invalid(ErrorReasons.InvalidUri, $"\"{Shorten(text)}\" is not an absolute URI.");
        }

        if (!options.Enabled || !(uri.Scheme == Uri.UriSchemeHttps || (options.AllowHttp && uri.Scheme == Uri.UriSchemeHttp)))
        {
            var allowed = !options.Enabled ? "data:" : options.AllowHttp ? "https:, http: and data:" : "https: and data:";
            throw SensoriumException.Invalid(ErrorReasons.UriNotAllowed, $"The scheme {uri.Scheme}: is not fetched here, only {allowed}.");
        }

        if (uri.UserInfo.Length > 0)
        {
            throw SensoriumException.Invalid(ErrorReasons.InvalidUri, "A URI must not carry a user name or a password.");
        }

        if (options.AllowedHosts.Count > 0 && !options.AllowedHosts.Any(host => Matches(uri.IdnHost, host)))
        {
            throw SensoriumException.Invalid(ErrorReasons.UriNotAllowed, $"The host {uri.IdnHost} is not on the list of allowed hosts.");
        }

        return uri;
    }

    /// <summary>For messages.</summary>
    public static string Shorten(string text) => text.Length <= ShownLength ? text : text[..ShownLength] + "…";

    private static bool Matches(string host, string allowed) => allowed.StartsWith('.')
        ? host.EndsWith(allowed, StringComparison.OrdinalIgnoreCase)
        : host.Equals(allowed, StringComparison.OrdinalIgnoreCase);
}
