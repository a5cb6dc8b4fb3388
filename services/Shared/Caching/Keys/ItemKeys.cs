namespace Sensorium.Caching.Keys;

/// <summary>Both keys of one item.</summary>
internal readonly record struct ItemKeys(CacheKey Embedding, CacheKey Features)
{
    public CacheKey Of(bool withFeatures) => withFeatures ? Features : Embedding;
}
