namespace Sensorium.Caching;

/// <summary>The embedding cache; configuration section "Sensorium:Cache".</summary>
public sealed class CacheOptions
{
    public const string Section = "Sensorium:Cache";

    /// <summary>False hands every encoder out undecorated.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>StackExchange.Redis configuration string, as "redis:6379,password=…". Null or empty means memory alone.</summary>
    public string? RedisConnection { get; set; }

    /// <summary>Bytes that cached vectors and features may take up in this process; 0 keeps nothing in memory.</summary>
    public long MemoryBytes { get; set; } = 256L << 20;

    /// <summary>How long Redis keeps a value after it was written.</summary>
    public TimeSpan TimeToLive { get; set; } = TimeSpan.FromDays(7);

    /// <summary>The most that an unresponsive Redis adds to one request. It is a miss then, never an error.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Larger values are kept in Redis without their features, or not at all.</summary>
    public int MaxValueBytes { get; set; } = 16 << 20;

    /// <summary>Bytes of values that may wait to be written to Redis; what comes on top is dropped and counted.</summary>
    public long MaxPendingWriteBytes { get; set; } = 64L << 20;

    /// <summary>How long shutdown waits for values that are still to be written.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Failures in a row after which Redis is left alone for <see cref="BreakDuration"/>.</summary>
    public int BreakAfterFailures { get; set; } = 5;

    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Age at which what an encoder says about itself is asked for again, in the background.</summary>
    public TimeSpan DescriptionLifetime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an encoder may take to describe itself where an earlier description is known.</summary>
    public TimeSpan DescriptionTimeout { get; set; } = TimeSpan.FromMilliseconds(500);
}
