using System.Globalization;
using Sensorium.Core.Errors;
using Sensorium.Deciders.Cases;
using Sensorium.Deciders.Questions;
using Sensorium.Index.Metadata;

namespace Sensorium.Gateway.Operations.Decisions;

/// <summary>Reads metadata of an item as the record, the group and the outcomes of a case.</summary>
/// <param name="source">Which fields are what.</param>
internal sealed class MetadataCases(CollectionSource source)
{
    /// <exception cref="SensoriumException">INVALID_PARAMETER: an outcome, or the group, is a list.</exception>
    public IReadOnlyDictionary<string, string> Outcomes(ItemMetadata metadata) => source.LabelFields
        .Where(metadata.Fields.ContainsKey)
        .ToDictionary(name => name, name => Words(metadata.Fields[name], name), StringComparer.Ordinal);

    /// <exception cref="SensoriumException">INVALID_PARAMETER: it is a list.</exception>
    public string Group(ItemMetadata metadata) => source.GroupField.Length > 0 && metadata.Fields.TryGetValue(source.GroupField, out var value) ? Words(value, source.GroupField) : "";

    /// <summary>Numbers are numbers, strings and booleans categories; lists are no fields.</summary>
    public IReadOnlyDictionary<string, FieldValue> Record(ItemMetadata metadata) => metadata.Fields
        .Where(field => IsOfRecord(field.Key) && field.Value.Kind != MetadataKind.List)
        .ToDictionary(field => field.Key, field => ToField(field.Value, field.Key), StringComparer.Ordinal);

    /// <summary>A predicate where outcomes are only ever true or false, else a choice.</summary>
    /// <exception cref="SensoriumException">ONE_OUTCOME_ONLY.</exception>
    public static Question QuestionOf(string name, IEnumerable<string> outcomes)
    {
        var values = outcomes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        return values.All(value => value is Question.True or Question.False) ? Question.Predicate(name, name)
            : values is [var only] ? throw QuestionRules.OneOutcome(name, only)
            : new Question(name, QuestionKind.Choice, name, [.. values.Select(value => new QuestionOption(value, ""))]);
    }

    private bool IsOfRecord(string name) =>
        source.Fields.Count > 0 ? source.Fields.Contains(name) : !source.LabelFields.Contains(name) && name != source.GroupField;

    private static FieldValue ToField(MetadataValue value, string name) =>
        value.Kind == MetadataKind.Number ? FieldValue.OfNumber(value.Number) : FieldValue.OfCategory(Words(value, name));

    private static string Words(MetadataValue value, string name) => value.Kind switch
    {
        MetadataKind.Text => value.Text,
        MetadataKind.Boolean => value.Number > 0 ? Question.True : Question.False,
        MetadataKind.Number => value.Number.ToString("R", CultureInfo.InvariantCulture),
        _ => throw SensoriumException.Invalid(ErrorReasons.InvalidParameter, $"The metadata \"{name}\" is a list; an outcome is one value, and so is a group.", $"metadata.{name}"),
    };
}
