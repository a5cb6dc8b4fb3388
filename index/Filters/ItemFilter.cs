using Sensorium.Core.Errors;
using Sensorium.Index.Collections;

namespace Sensorium.Index.Filters;

/// <summary>A condition on what is known of an item.</summary>
public abstract class ItemFilter
{
    internal ItemFilter()
    {
    }

    /// <summary>Null for an empty text, which every item fits.</summary>
    /// <exception cref="SensoriumException">INVALID_FILTER, with the character at which it stops being a filter.</exception>
    public static ItemFilter? Parse(string text, string field) =>
        string.IsNullOrWhiteSpace(text) ? null : new FilterParser(text, field).Parse();

    public abstract bool Matches(ItemFacts item);
}
