using Sensorium.Core.Errors;

namespace Sensorium.Core.Media;

/// <summary>Names the items of a request.</summary>
public static class ItemIds
{
    /// <summary>One id per item: the caller's, or "item-&lt;index&gt;" where that is empty.</summary>
    /// <param name="given">As the caller wrote them, one per item.</param>
    /// <param name="field">Name of the list in the request.</param>
    /// <param name="maxItems">Most items of one request.</param>
    /// <exception cref="SensoriumException">INVALID_ARGUMENT: no items, too many, or two of the same id.</exception>
    public static string[] Assign(IReadOnlyList<string> given, string field, int maxItems)
    {
        if (given.Count == 0)
        {
            throw SensoriumException.Invalid(ErrorReasons.NoMedia, $"{field} is empty; give at least one item.", field);
        }

        if (given.Count > maxItems)
        {
            throw SensoriumException.Invalid(
                ErrorReasons.TooManyItems,
                $"{field} has {given.Count} items; at most {maxItems} are allowed in one request.",
                field);
        }

        var ids = new string[given.Count];
        var seen = new Dictionary<string, int>(given.Count, StringComparer.Ordinal);
        for (var i = 0; i < given.Count; i++)
        {
            ids[i] = Of(given[i], i);
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

    public static string Of(string given, int index) => given.Length == 0 ? $"item-{index}" : given;
}
