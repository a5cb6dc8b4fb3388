namespace Sensorium.Media.Sources;

/// <summary>Section "Sensorium:Media:Store".</summary>
public sealed class MediaStoreOptions
{
    public const string Section = "Sensorium:Media:Store";

    /// <summary>Where temporary files are kept, each process in a folder of its own; empty means the system's temporary folder.</summary>
    public string Directory { get; set; } = "";

    /// <summary>Content lives this long after its last use.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Largest medium, in bytes.</summary>
    public long MaxMediaBytes { get; set; } = 2L << 30;

    /// <summary>All media together, in bytes. Unused content leaves to make room, the least recently used first; an upload stays for its lifetime.</summary>
    public long MaxTotalBytes { get; set; } = 16L << 30;

    /// <summary>Fetched media up to this size travel with requests; larger ones are kept in the store.</summary>
    public long InlineBytes { get; set; } = 8L << 20;
}
