using Sensorium.Core.Errors;

namespace Sensorium.Core.Encoding;

/// <summary>What became of one item: either <see cref="Encoded"/> or <see cref="Error"/> is set.</summary>
public sealed record EncodeOutcome(string ItemId)
{
    public EncodedMedia? Encoded { get; init; }

    public SensoriumException? Error { get; init; }

    public CacheStatus CacheStatus { get; init; } = CacheStatus.Bypassed;

    public IReadOnlyList<MediaWarning> Warnings { get; init; } = [];

    public EncodeUsage Usage { get; init; } = new(0, 0, null);

    public EncodeTiming Timing { get; init; } = new();

    public static EncodeOutcome Failed(string itemId, SensoriumException error) => new(itemId) { Error = error };
}

public enum CacheStatus
{
    HitMemory = 1,
    HitShared = 2,
    Miss = 3,
    Bypassed = 4,
    Coalesced = 5,
}

/// <param name="InputUnits">Tokens, patches or mel frames that the model read.</param>
public sealed record EncodeUsage(long InputUnits, int Segments, TimeSpan? MediaDuration);

/// <summary>Where the time went; null parts did not happen.</summary>
public sealed record EncodeTiming
{
    public TimeSpan? Preprocess { get; init; }

    public TimeSpan? Queue { get; init; }

    public TimeSpan? Inference { get; init; }

    public TimeSpan? Total { get; init; }

    /// <summary>Segments of all requests in the same model run; 0 if no model ran.</summary>
    public int BatchSize { get; init; }
}
