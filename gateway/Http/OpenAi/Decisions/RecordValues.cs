using System.Globalization;
using System.Text.Json;
using Sensorium.Core.Errors;
using Sensorium.Deciders.Cases;

namespace Sensorium.Gateway.Http.OpenAi.Decisions;

/// <summary>Values of JSON as typed fields: what JSON does not say, as dates and units, the decider knows.</summary>
internal static class RecordValues
{
    /// <param name="value">Neither null nor an object.</param>
    /// <param name="type">As it was taught; null if it was not.</param>
    /// <param name="field">For messages.</param>
    /// <exception cref="SensoriumException">Not what the type says.</exception>
    public static FieldValue Read(JsonElement value, FieldType? type, string field) => value.ValueKind switch
    {
        JsonValueKind.Number when type?.Kind == FieldKind.Category => FieldValue.OfCategory(value.GetRawText()),
        JsonValueKind.Number => FieldValue.OfNumber(value.GetDouble(), type?.Unit ?? ""),
        JsonValueKind.True => FieldValue.OfCategory("true"),
        JsonValueKind.False => FieldValue.OfCategory("false"),
        _ => OfString(JsonStrings.Read(value, field), type, field),
    };

    private static FieldValue OfString(string text, FieldType? type, string field) => type?.Kind switch
    {
        FieldKind.Text => FieldValue.OfText(text),
        FieldKind.Date => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? FieldValue.OfDate(date)
            : throw BodyErrors.Wrong(field, $"is \"{text}\"; a date is written as 2026-11-28"),
        _ => FieldValue.OfCategory(text),
    };
}
