using Sensorium.Core.Errors;

namespace Sensorium.Deciders.Cases;

/// <param name="Unit">Empty if its numbers have none.</param>
public sealed record FieldType(string Name, FieldKind Kind, string Unit);

/// <summary>The fields that a decider was taught with. Every case must have them of these types, or leave them out.</summary>
public sealed record CaseSchema(IReadOnlyList<FieldType> Fields)
{
    private readonly Dictionary<string, FieldType> _byName = Fields.ToDictionary(field => field.Name, StringComparer.Ordinal);

    /// <exception cref="SensoriumException">FIELD_TYPE_MISMATCH: two cases disagree about a field.</exception>
    public static CaseSchema Of(IReadOnlyList<TaughtCase> cases)
    {
        var types = new Dictionary<string, (FieldType Type, string First)>(StringComparer.Ordinal);
        foreach (var taught in cases)
        {
            foreach (var (name, value) in taught.Case.Fields)
            {
                if (types.TryAdd(name, (new FieldType(name, value.Kind, value.Unit), taught.Case.Id)))
                {
                    continue;
                }

                var (type, first) = types[name];
                Check(type, value, $"case '{taught.Case.Id}'", $"case '{first}'");
            }
        }

        return new CaseSchema([.. types.Values.Select(seen => seen.Type).OrderBy(type => type.Name, StringComparer.Ordinal)]);
    }

    /// <summary>Names of the fields that no taught case had: nothing can be said of them.</summary>
    /// <exception cref="SensoriumException">FIELD_TYPE_MISMATCH, naming the field.</exception>
    public IReadOnlyList<string> Check(DecisionCase given)
    {
        var unknown = new List<string>();
        foreach (var (name, value) in given.Fields)
        {
            if (!_byName.TryGetValue(name, out var type))
            {
                unknown.Add(name);
                continue;
            }

            Check(type, value, $"case '{given.Id}'", "the cases that were taught");
        }

        return unknown;
    }

    private static void Check(FieldType type, FieldValue value, string here, string there)
    {
        var fault = value.Kind != type.Kind ? $"a {Name(value.Kind)} in {here}, but a {Name(type.Kind)} in {there}"
            : value.Unit != type.Unit ? $"{In(value.Unit)} in {here}, but {In(type.Unit)} in {there}"
            : !double.IsFinite(value.Number) ? $"not a finite number in {here}"
            : null;
        if (fault is not null)
        {
            throw SensoriumException.Invalid(ErrorReasons.FieldTypeMismatch, $"Field '{type.Name}' is {fault}.", $"fields.{type.Name}");
        }
    }

    private static string In(string unit) => unit.Length > 0 ? $"in '{unit}'" : "without a unit";

    private static string Name(FieldKind kind) => kind.ToString().ToLowerInvariant();
}
