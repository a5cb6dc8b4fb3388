using Sensorium.Core.Errors;

namespace Sensorium.Index.Metadata;

/// <summary>What a caller says about an item, by names.</summary>
public sealed class ItemMetadata : IEquatable<ItemMetadata>
{
    private const int MaxFields = 64;
    private const int MaxElements = 256;
    private const int MaxTextLength = 4_096;
    private const int MaxNameLength = 64;

    private readonly SortedDictionary<string, MetadataValue> _fields = new(StringComparer.Ordinal);

    private ItemMetadata()
    {
    }

    public static ItemMetadata Empty { get; } = new();

    public IReadOnlyDictionary<string, MetadataValue> Fields => _fields;

    /// <exception cref="SensoriumException">INVALID_METADATA: a name or a value is none that is kept.</exception>
    /// <param name="fields">By their names.</param>
    /// <param name="path">Where they are in the request.</param>
    public static ItemMetadata Of(IEnumerable<KeyValuePair<string, MetadataValue>> fields, string path)
    {
        var metadata = new ItemMetadata();
        foreach (var (name, value) in fields)
        {
            CheckName(name, path);
            CheckValue(value, $"{path}.{name}");
            metadata._fields[name] = value;
        }

        return metadata._fields.Count <= MaxFields ? metadata : throw Invalid(path, $"has {metadata._fields.Count} fields; at most {MaxFields} are kept");
    }

    /// <summary>The fault of one field.</summary>
    public static SensoriumException Invalid(string field, string fault) =>
        SensoriumException.Invalid(ErrorReasons.InvalidMetadata, $"{field} {fault}.", field);

    public bool Equals(ItemMetadata? other) => other is not null && _fields.SequenceEqual(other._fields);

    public override bool Equals(object? obj) => Equals(obj as ItemMetadata);

    public override int GetHashCode() => _fields.Count;

    private static void CheckName(string name, string path)
    {
        if (name.Length is 0 or > MaxNameLength || !(char.IsAsciiLetter(name[0]) || name[0] == '_') || !name.All(IsOfName))
        {
            var shown = name.Length > MaxNameLength ? name[..MaxNameLength] + "…" : name;
            throw Invalid(path, $"names a field \"{shown}\"; a name has 1 to {MaxNameLength} letters, digits, \"_\", \"-\" and \".\", and begins with a letter or \"_\"");
        }
    }

    private static bool IsOfName(char character) => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.';

    private static void CheckValue(MetadataValue value, string field)
    {
        switch (value.Kind)
        {
            case MetadataKind.Text when value.Text.Length > MaxTextLength:
                throw Invalid(field, $"has {value.Text.Length} characters; at most {MaxTextLength} are kept");
            case MetadataKind.Number when !double.IsFinite(value.Number):
                throw Invalid(field, $"is {value.Number}, which is not a number");
            case MetadataKind.List when value.Elements.Count > MaxElements:
                throw Invalid(field, $"has {value.Elements.Count} elements; at most {MaxElements} are kept");
            case MetadataKind.List:
                for (var i = 0; i < value.Elements.Count; i++)
                {
                    CheckElement(value.Elements[i], $"{field}[{i}]");
                }

                break;
        }
    }

    private static void CheckElement(MetadataValue element, string field)
    {
        if (element.Kind == MetadataKind.List)
        {
            throw Invalid(field, "is a list within a list; elements are strings, numbers or booleans");
        }

        CheckValue(element, field);
    }
}
