namespace Sensorium.Index.Metadata;

/// <summary>A string, a number, a boolean, or a list of such.</summary>
public sealed class MetadataValue : IEquatable<MetadataValue>
{
    private MetadataValue(MetadataKind kind) => Kind = kind;

    public MetadataKind Kind { get; }

    /// <summary>Of a string.</summary>
    public string Text { get; private init; } = "";

    /// <summary>Of a number; a boolean is 0 or 1.</summary>
    public double Number { get; private init; }

    /// <summary>Of a list; no element is a list.</summary>
    public IReadOnlyList<MetadataValue> Elements { get; private init; } = [];

    public static MetadataValue Of(string text) => new(MetadataKind.Text) { Text = text };

    public static MetadataValue Of(double number) => new(MetadataKind.Number) { Number = number };

    public static MetadataValue Of(bool truth) => new(MetadataKind.Boolean) { Number = truth ? 1 : 0 };

    public static MetadataValue Of(IReadOnlyList<MetadataValue> elements) => new(MetadataKind.List) { Elements = elements };

    /// <summary>Null where the two have no order: of different kinds, or lists.</summary>
    public int? CompareTo(MetadataValue other) => (Kind, other.Kind) switch
    {
        (MetadataKind.Text, MetadataKind.Text) => string.CompareOrdinal(Text, other.Text),
        (MetadataKind.Number, MetadataKind.Number) or (MetadataKind.Boolean, MetadataKind.Boolean) => Number.CompareTo(other.Number),
        _ => null,
    };

    public bool Equals(MetadataValue? other) => other is not null && Kind == other.Kind && (Kind == MetadataKind.List
        ? Elements.SequenceEqual(other.Elements)
        : CompareTo(other) == 0);

    public override bool Equals(object? obj) => Equals(obj as MetadataValue);

    public override int GetHashCode() => HashCode.Combine(Kind, Text, Number, Elements.Count);
}

public enum MetadataKind
{
    Text,
    Number,
    Boolean,
    List,
}
