namespace Sensorium.Deciders.Cases;

/// <summary>What is known of one case, with its media embedded. Everything may be missing.</summary>
/// <param name="Fields">The record.</param>
/// <param name="Vectors">One for each kind of medium that the case has, by the name of its modality.</param>
/// <param name="Notes">Words about the case.</param>
public sealed record DecisionCase(
    string Id,
    IReadOnlyDictionary<string, FieldValue> Fields,
    IReadOnlyDictionary<string, float[]> Vectors,
    string Notes);

/// <summary>A case whose outcomes are known.</summary>
/// <param name="Group">Cases of one group, as of one patient, are never on both sides of a validation; empty for a group of its own.</param>
/// <param name="Outcomes">For each question that is answered its value.</param>
public sealed record TaughtCase(DecisionCase Case, string Group, IReadOnlyDictionary<string, string> Outcomes);
