using System.Runtime.ExceptionServices;
using Sensorium.Caching.Entries;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;

namespace Sensorium.Caching.InFlight;

/// <summary>How an item ended; exactly one of entry, error and fault is set.</summary>
/// <param name="Entry">The result, as it is or would be cached.</param>
/// <param name="Error">The item's own failure.</param>
/// <param name="Fault">The failure of the whole call that the item was part of.</param>
/// <param name="Status">Where the result came from.</param>
/// <param name="Timing">As the encoder measured it; null if it was not asked.</param>
/// <param name="IsOutdated">Other weights made the result than the ones that its key names.</param>
internal sealed record ItemResult(
    CacheEntry? Entry = null,
    SensoriumException? Error = null,
    ExceptionDispatchInfo? Fault = null,
    CacheStatus Status = CacheStatus.Miss,
    EncodeTiming? Timing = null,
    bool IsOutdated = false);
