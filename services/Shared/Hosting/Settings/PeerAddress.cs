namespace Sensorium.Hosting.Settings;

/// <summary>Where a service is: an address, whose name may stand for many replicas, or those of several with commas between them.</summary>
public sealed record PeerAddress(IReadOnlyList<Uri> Uris)
{
    /// <summary>As "host:port".</summary>
    public string Authority => string.Join(',', Uris.Select(uri => uri.Authority));

    /// <summary>Of the first: all are of one scheme.</summary>
    public Uri First => Uris[0];

    /// <param name="address">That the validator has seen.</param>
    public static PeerAddress Parse(string address) => new([.. Split(address).Select(one => new Uri(one))]);

    /// <summary>Whether it can be parsed.</summary>
    public static bool IsValid(string address)
    {
        var parts = Split(address);
        return parts.All(IsOne) && parts.Select(one => new Uri(one).Scheme).Distinct().Count() == 1;
    }

    private static string[] Split(string address) => address.Split(',', StringSplitOptions.TrimEntries);

    private static bool IsOne(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && uri.PathAndQuery == "/"
        && uri.UserInfo.Length == 0;
}
