using Sensorium.Core.Errors;

namespace Sensorium.Hosting.Grpc.Mapping;

/// <summary>Names the items of a request.</summary>
public static class ItemIds
{
    /// <summary>One id per item: the caller's, or "item-&lt;index&gt;".</summary>
    /// <exception cref="SensoriumException">INVALID_ARGUMENT: no items, too many, or two of the same id.</exception>
    public static string[] Assign(IReadOnlyList<V1.Media> items, string field, int maxItems)
    {
        if (items.Count == 0)
        {
            throw SensoriumException.Invalid(ErrorReasons.NoMedia, $"{field} is empty; give at least one item.", field);
        }

        if (items.Count > maxItems)
        {
            throw SensoriumException.Invalid(
                ErrorReasons.TooManyItems,
                $"{field} has {items.Count} items; at most {maxItems} are allowed in one request.",
                field);
        }

        var ids = new string[items.Count];
        var seen = new Dictionary<string, int>(items.Count, StringComparer.Ordinal);
        for (var i = 0; i < items.Count; i++)
        {
            ids[i] = Of(items[i], i);
            if (!seen.TryAdd(ids[i], i))
            {
                throw SensoriumException.Invalid(
                    ErrorReasons.DuplicateItemId,
                    $"{field}[{i}].item_id \"{ids[i]}\" is also the id of {field}[{seen[ids[i]]}].",
                    $"{field}[{i}].item_id");
            }
        }

        return ids;
    }

    public static string Of(V1.Media media, int index) => media.ItemId.Length == 0 ? $"item-{index}" : media.ItemId;
}
