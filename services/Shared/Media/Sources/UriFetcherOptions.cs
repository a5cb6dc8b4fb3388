namespace Sensorium.Media.Sources;

/// <summary>Section "Sensorium:Media:Uris".</summary>
public sealed class UriFetcherOptions
{
    public const string Section = "Sensorium:Media:Uris";

    /// <summary>Whether https: (and http:) is fetched at all; data: needs no network and always works.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Also http:, which anybody on the way can read and change.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>If not empty, only these hosts and, for names that begin with a dot, their subdomains.</summary>
    public IList<string> AllowedHosts { get; } = [];

    /// <summary>Addresses and networks ("10.1.0.0/16") that may be connected to although they are not public. For intranets and tests.</summary>
    public IList<string> AllowedPrivateNetworks { get; } = [];

    public int MaxRedirects { get; set; } = 5;

    /// <summary>From the first byte sent to the last byte read.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);
}
