using Sensorium.Index.Collections;
using Sensorium.Index.Metadata;

namespace Sensorium.Index.Filters;

internal sealed class AllOf(IReadOnlyList<ItemFilter> parts) : ItemFilter
{
    public override bool Matches(ItemFacts item) => parts.All(part => part.Matches(item));
}

internal sealed class AnyOf(IReadOnlyList<ItemFilter> parts) : ItemFilter
{
    public override bool Matches(ItemFacts item) => parts.Any(part => part.Matches(item));
}

internal sealed class Not(ItemFilter inner) : ItemFilter
{
    public override bool Matches(ItemFacts item) => !inner.Matches(item);
}

internal sealed class Exists(string name) : ItemFilter
{
    public override bool Matches(ItemFacts item) => FilterFields.Of(item, name) is not null;
}

/// <summary>A field equals one of some values; a list does if one of its elements does.</summary>
internal sealed class In(string name, IReadOnlyList<MetadataValue> values) : ItemFilter
{
    public override bool Matches(ItemFacts item) => FilterFields.Of(item, name) is { } value
        && (value.Kind == MetadataKind.List ? value.Elements.Any(values.Contains) : values.Contains(value));
}

/// <summary>A field is before or behind a value of its own kind; a list is if one of its elements is.</summary>
/// <param name="name">Of the field.</param>
/// <param name="value">What it is compared with.</param>
/// <param name="accepts">Whether the order of the field and the value is right.</param>
internal sealed class Ordered(string name, MetadataValue value, Func<int, bool> accepts) : ItemFilter
{
    public override bool Matches(ItemFacts item) => FilterFields.Of(item, name) is { } found
        && (found.Kind == MetadataKind.List ? found.Elements.Any(Accepts) : Accepts(found));

    private bool Accepts(MetadataValue found) => found.CompareTo(value) is { } order && accepts(order);
}
