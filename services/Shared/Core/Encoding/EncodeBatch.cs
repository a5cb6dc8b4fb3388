using Sensorium.Core.Admission;
using Sensorium.Core.Media;
using Sensorium.Core.Tenancy;

namespace Sensorium.Core.Encoding;

/// <summary>What one call asks of an encoder.</summary>
/// <param name="WithFeatures">Also return each segment's feature sequence.</param>
/// <param name="MaxSegments">Encode at most this many segments, evenly chosen; 0 means the encoder's limit.</param>
/// <param name="Deadline">When the caller gives up; null if it did not say. Decides how long the request may wait, and goes on to remote encoders.</param>
public sealed record EncodeBatch(
    string RequestId,
    IReadOnlyList<MediaItem> Items,
    bool WithFeatures = false,
    ModelSelector? Model = null,
    CacheMode Cache = CacheMode.ReadWrite,
    RequestPriority Priority = RequestPriority.Normal,
    int MaxSegments = 0,
    DateTimeOffset? Deadline = null)
{
    /// <summary>Whose request it is; null until it has been told.</summary>
    public Tenant? Tenant { get; init; }

    public TextReading Text { get; init; } = TextReading.Plain;
}

public enum CacheMode
{
    ReadWrite,
    ReadOnly,
    Refresh,
    Bypass,
}
