namespace Sensorium.Client;

/// <summary>How a <see cref="SensoriumClient"/> talks to the gateway.</summary>
public sealed record SensoriumClientOptions
{
    /// <summary>Files above this many bytes are uploaded first; the gateway takes at most 8 MiB inline by default.</summary>
    public int InlineLimitBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>Bytes in one message of an upload.</summary>
    public int ChunkBytes { get; init; } = 256 * 1024;

    /// <summary>Largest answer that is accepted, in bytes; features of many segments are large.</summary>
    public int MaxReceiveBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Sent with every call as "authorization: Bearer KEY"; empty sends none.</summary>
    public string ApiKey { get; init; } = "";

    /// <summary>Applied to calls that answer once. Caption streams end when the caller says so.</summary>
    public TimeSpan? Deadline { get; init; }
}
