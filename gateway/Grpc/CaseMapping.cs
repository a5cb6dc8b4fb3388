using System.Globalization;
using Sensorium.Core.Errors;
using Sensorium.Deciders.Cases;
using Sensorium.Gateway.Operations.Decisions;

namespace Sensorium.Gateway.Grpc;

/// <summary>Cases to the domain.</summary>
internal static class CaseMapping
{
    /// <summary>What is wrong with its fields concerns this case alone, and is in it.</summary>
    public static CaseInput ToInput(this V1.DecisionCase given, string field)
    {
        var input = new CaseInput(field, given.CaseId, MediaInputs.Read(given.Media, $"{field}.media"), given.Notes, new Dictionary<string, FieldValue>());
        try
        {
            return input with { Fields = given.Fields.ToDictionary(pair => pair.Key, pair => pair.Value.ToDomain($"{field}.fields.{pair.Key}"), StringComparer.Ordinal) };
        }
        catch (SensoriumException error)
        {
            return input with { Error = error };
        }
    }

    private static FieldValue ToDomain(this V1.FieldValue value, string field) => value.ValueCase switch
    {
        V1.FieldValue.ValueOneofCase.Number => FieldValue.OfNumber(value.Number.Value, value.Number.Unit),
        V1.FieldValue.ValueOneofCase.Category => FieldValue.OfCategory(value.Category),
        V1.FieldValue.ValueOneofCase.Text => FieldValue.OfText(value.Text),
        V1.FieldValue.ValueOneofCase.Date => FieldValue.OfDate(ToDate(value.Date, field)),
        _ => throw SensoriumException.Invalid(ErrorReasons.InvalidParameter, $"{field} has no value; leave out what is not known.", field),
    };

    private static DateOnly ToDate(string text, string field) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        ? date
        : throw SensoriumException.Invalid(ErrorReasons.InvalidParameter, $"{field} is \"{text}\"; a date is written as 2026-11-28.", field);
}
