namespace Sensorium.Caching.Diagnostics;

/// <summary>How the cache fares, for status pages and health checks. Asking costs nothing and waits for nothing.</summary>
public interface ICacheDiagnostics
{
    CacheSnapshot Snapshot();
}

/// <param name="Reason">Why the state is not <see cref="CacheState.Ready"/>; else null. Holds no credentials.</param>
/// <param name="MemoryBytes">Bytes that entries take up now.</param>
/// <param name="SharedEndpoint">host:port of Redis; null if none is configured.</param>
/// <param name="PendingWrites">Values on their way to Redis.</param>
public sealed record CacheSnapshot(
    CacheState State,
    string? Reason,
    long MemoryBytes,
    long MemoryBytesLimit,
    int MemoryEntries,
    string? SharedEndpoint,
    int PendingWrites);

public enum CacheState
{
    Ready,

    /// <summary>Redis does not answer; memory alone serves, and everything else works.</summary>
    Degraded,
    Disabled,
}
