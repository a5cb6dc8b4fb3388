namespace Sensorium.Caching.Diagnostics;

/// <summary>How the cache fares, for status pages and health checks. Asking costs nothing and waits for nothing.</summary>
public interface ICacheDiagnostics
{
    CacheSnapshot Snapshot();
}

/// <param name="Reason">Why the state is not <see cref="CacheState.Ready"/>; else null. Holds no credentials.</param>
/// <param name="SharedEndpoint">host:port of Redis; null if none is configured.</param>
public sealed record CacheSnapshot(CacheState State, string? Reason, string? SharedEndpoint);

public enum CacheState
{
    Ready,

    /// <summary>Redis does not answer; memory alone serves, and everything else works.</summary>
    Degraded,
    Disabled,
}
