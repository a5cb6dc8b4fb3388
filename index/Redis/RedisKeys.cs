using System.Globalization;
using StackExchange.Redis;

namespace Sensorium.Index.Redis;

/// <summary>Names of what one collection has in Redis. The braces keep it in one slot of a cluster.</summary>
/// <param name="prefix">Of everything of Sensorium's index.</param>
/// <param name="key">Of the collection, never given twice.</param>
internal sealed class RedisKeys(string prefix, string key)
{
    /// <summary>A vector set: an element for each segment.</summary>
    public RedisKey Vectors { get; } = $"{prefix}{{{key}}}:vectors";

    /// <summary>A sorted set of all ids, in their own order.</summary>
    public RedisKey Ids { get; } = $"{prefix}{{{key}}}:ids";

    public static RedisKey Definitions(string prefix) => $"{prefix}collections";

    /// <summary>A hash with everything else of an item.</summary>
    public RedisKey Item(string id) => $"{prefix}{{{key}}}:item:{id}";

    /// <summary>Of a segment. What an item had before it was replaced has another generation.</summary>
    public static string Element(string generation, int ordinal, string id) => string.Create(CultureInfo.InvariantCulture, $"{generation}:{ordinal}:{id}");

    public static (string Generation, string Id) Parse(string element)
    {
        var first = element.IndexOf(':', StringComparison.Ordinal);
        var second = element.IndexOf(':', first + 1);
        return (element[..first], element[(second + 1)..]);
    }
}
