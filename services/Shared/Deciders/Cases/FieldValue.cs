using System.Globalization;

namespace Sensorium.Deciders.Cases;

/// <summary>What a field of a record holds.</summary>
public enum FieldKind
{
    Number,

    /// <summary>One of few values, as a place or an answer.</summary>
    Category,

    /// <summary>Words, read as notes are.</summary>
    Text,

    Date,
}

/// <summary>One typed field of a record. A field that is not known is left out of the record.</summary>
/// <param name="Text">The value in words: of a category, a text or a date.</param>
/// <param name="Number">Of a number; of a date its day.</param>
/// <param name="Unit">Of a number; empty if it has none.</param>
public sealed record FieldValue(FieldKind Kind, string Text, double Number, string Unit)
{
    public static FieldValue OfNumber(double number, string unit = "") => new(FieldKind.Number, "", number, unit);

    public static FieldValue OfCategory(string value) => new(FieldKind.Category, value, 0, "");

    public static FieldValue OfText(string words) => new(FieldKind.Text, words, 0, "");

    public static FieldValue OfDate(DateOnly date) =>
        new(FieldKind.Date, date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), date.DayNumber, "");

    /// <summary>As in evidence: "63 years".</summary>
    public override string ToString() => Kind == FieldKind.Number
        ? $"{Number.ToString("G6", CultureInfo.InvariantCulture)} {Unit}".TrimEnd()
        : Text;
}
