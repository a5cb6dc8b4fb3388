namespace Sensorium.Hosting.Settings;

/// <summary>When a replica of another service is left out while others of it are there. Section "Sensorium:Services:Circuit".</summary>
public sealed class PeerCircuitOptions
{
    public const string Section = "Sensorium:Services:Circuit";

    /// <summary>A replica at which this many calls in a row break off, or are given up after Silence, is left out for a while; 0 leaves none out.</summary>
    public int Failures { get; set; } = 5;

    /// <summary>
    /// A replica that owes answers and has given none for so long is asked for its health; if that is not answered within DescribeTimeout,
    /// it is left out at once.
    /// </summary>
    public TimeSpan Silence { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a replica is left out before it is asked for its health, which it must say is good to get calls again.</summary>
    public TimeSpan Duration { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The while doubles each time until it is this long.</summary>
    public TimeSpan MaxDuration { get; set; } = TimeSpan.FromMinutes(2);
}
