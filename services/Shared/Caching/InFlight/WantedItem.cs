using Sensorium.Caching.Keys;

namespace Sensorium.Caching.InFlight;

/// <summary>What one item of a request needs.</summary>
/// <param name="ItemIndex">Of the item in its request.</param>
/// <param name="Key">Null if the item must not be shared.</param>
/// <param name="RicherKey">Key of the entry that holds what is wanted and more; null if there is none.</param>
internal readonly record struct WantedItem(int ItemIndex, CacheKey? Key, CacheKey? RicherKey);
